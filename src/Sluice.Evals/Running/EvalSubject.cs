namespace Sluice;

/// <summary>What a sample runs on. Disposed when the sample has ended.</summary>
/// <param name="runtime">The runtime.</param>
/// <param name="release">Gives back what belongs to it, the runtime included; null: nothing is to be given back.</param>
public sealed class EvalSubject(IAgentRuntime runtime, Func<ValueTask>? release = null) : IAsyncDisposable
{
    /// <summary>The runtime.</summary>
    public IAgentRuntime Runtime { get; } = runtime;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => release?.Invoke() ?? ValueTask.CompletedTask;
}
