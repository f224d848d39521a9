namespace Sluice.Bench.Live;

/// <summary>One way to hold a conversation with the server, tool calls included.</summary>
internal interface ILiveLoop : IAsyncDisposable
{
    string Name { get; }

    /// <summary>Holds one conversation to its end and says how long its first event took.</summary>
    Task<TimeSpan> RunAsync();
}
