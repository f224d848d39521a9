using System.Threading.Channels;

namespace Sluice.Cli.Chat;

/// <summary>A run of the conversation. It goes on whether or not anybody looks at it.</summary>
internal sealed class FollowedRun
{
    private readonly Channel<RuntimeEvent> _events = Channel.CreateUnbounded<RuntimeEvent>();
    private readonly Queue<RuntimeEvent> _ahead = new();

    public FollowedRun(string runId, IAsyncEnumerable<RuntimeEvent> events)
    {
        RunId = runId;
        _ = ReadAllAsync(events);
    }

    public string RunId { get; }

    /// <summary>The next event; null after the last one.</summary>
    /// <exception cref="SluiceException">The run cannot be read any more.</exception>
    public async ValueTask<RuntimeEvent?> NextAsync(CancellationToken cancellationToken)
    {
        if (_ahead.TryDequeue(out var kept)) return kept;
        return await _events.Reader.WaitToReadAsync(cancellationToken) && _events.Reader.TryRead(out var happened) ? happened : null;
    }

    /// <summary>Completes when a request needs no answer any more: there is one, or the run has ended. No event is lost.</summary>
    public async Task UntilAnsweredAsync(string requestId, CancellationToken cancellationToken)
    {
        if (_ahead.Any(happened => Settles(happened, requestId))) return;
        while (await _events.Reader.WaitToReadAsync(cancellationToken))
        {
            while (_events.Reader.TryRead(out var happened))
            {
                _ahead.Enqueue(happened);
                if (Settles(happened, requestId)) return;
            }
        }
    }

    private static bool Settles(RuntimeEvent happened, string requestId) =>
        happened is ApprovalDecisionEvent decision ? decision.Id == requestId : happened.IsTerminal;

    private async Task ReadAllAsync(IAsyncEnumerable<RuntimeEvent> events)
    {
        try
        {
            await foreach (var happened in events) _events.Writer.TryWrite(happened);
            _events.Writer.TryComplete();
        }
        catch (Exception exception)
        {
            // Whoever asks for the next event hears of it.
            _events.Writer.TryComplete(exception);
        }
    }
}
