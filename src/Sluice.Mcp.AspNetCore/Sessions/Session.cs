using ModelContextProtocol.Server;
using Sluice.Mcp.Serving;

namespace Sluice.Mcp.AspNetCore.Sessions;

/// <summary>One client's conversation with the server.</summary>
internal sealed class Session : IAsyncDisposable
{
    private readonly Task _running;
    private readonly CancellationTokenSource _ended = new();
    private int _isDisposed;

    public Session(string id, ServedAgent agent, McpServingOptions serving)
    {
        Id = id;
        Transport = new(serving.LoggerFactory) { SessionId = id };
        Ended = _ended.Token;
        _running = agent.ServeAsync(Transport, serving.LoggerFactory, Ended);
    }

    public string Id { get; }

    public StreamableHttpServerTransport Transport { get; }

    /// <summary>Cancelled when the session is over.</summary>
    public CancellationToken Ended { get; }

    /// <summary>The requests that are open; changed and read under the table's lock.</summary>
    public int Requests { get; set; }

    /// <summary>When the last request ended; changed and read under the table's lock.</summary>
    public long IdleSince { get; set; }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 1) return;
        await _ended.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Transport.DisposeAsync().ConfigureAwait(false);
        _ended.Dispose();
    }
}
