using System.Runtime.CompilerServices;
using Sluice.Journal;
using Sluice.Storage;

namespace Sluice.Runtime.Runs;

/// <summary>Reads a run's events from any point: what was recorded from the journal, then the live tail. A reader that falls far behind goes back to the journal.</summary>
internal sealed class EventReader(ActiveRuns active, IJournalStore journal, TenantSpec tenant) : IDisposable
{
    private const int MaxLag = 1024;

    private readonly CancellationTokenSource _closing = new();

    public async IAsyncEnumerable<RuntimeEvent> ReadAsync(
        string runId, long afterSequence, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var position = afterSequence;
        var state = new ReplayState(runId);
        while (true)
        {
            var run = active.Find(runId);
            var node = run?.Feed.Tail;
            var ended = false;
            await foreach (var recorded in ReplayAsync(state, position, cancellationToken).ConfigureAwait(false))
            {
                ended |= recorded.IsTerminal;
                if (recorded.Sequence <= position) continue;
                position = recorded.Sequence;
                yield return recorded;
            }

            if (ended) yield break;
            if (run is null)
            {
                // Not driven here: another process may be writing, or the run waits in the store.
                await WaitAsync(runId, state.LastEntry, cancellationToken).ConfigureAwait(false);
                continue;
            }

            await foreach (var live in FollowAsync(run.Feed, node!, cancellationToken).ConfigureAwait(false))
            {
                if (live.Sequence > position || live.IsTerminal) yield return live;
                position = Math.Max(position, live.Sequence);
                if (!live.IsTerminal) continue;
                // Whoever asks for the run after its last event must not be told that it is driven here still.
                await run.CompletionAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
                yield break;
            }
        }
    }

    /// <summary>Follows a run from a point of its feed: the feed holds everything, so the journal is read only when the reader falls behind.</summary>
    public async IAsyncEnumerable<RuntimeEvent> FollowAsync(
        ActiveRun run, RunFeed.Node from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var position = from.Event?.Sequence ?? run.EventsBefore;
        await foreach (var live in FollowAsync(run.Feed, from, cancellationToken).ConfigureAwait(false))
        {
            yield return live;
            position = live.Sequence;
            if (live.IsTerminal) yield break;
        }

        await foreach (var late in ReadAsync(run.RunId, position, cancellationToken).ConfigureAwait(false))
            yield return late;
    }

    /// <summary>Ends the readers that wait for what other processes write. Those of runs that were driven here have heard their last event.</summary>
    public void Dispose() => _closing.Cancel();

    /// <summary>Waits until somebody has written to a run.</summary>
    /// <exception cref="SluiceException">The runtime is shutting down.</exception>
    private async ValueTask WaitAsync(string runId, long lastEntry, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closing.Token);
        try
        {
            await journal.WaitAsync(tenant, runId, lastEntry, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new SluiceException(ErrorCodes.ShuttingDown, $"The runtime is shutting down, and run '{runId}' goes on elsewhere.");
        }
    }

    /// <summary>The events after a node; ends when the feed is closed or the reader is too far behind.</summary>
    private static async IAsyncEnumerable<RuntimeEvent> FollowAsync(
        RunFeed feed, RunFeed.Node node, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            while (node.Next is { } next)
            {
                node = next;
                yield return node.Event!;
                if (feed.LastSequence - node.Event!.Sequence > MaxLag) yield break;
            }

            if (feed.IsClosed && node.Next is null) yield break;
            await feed.WaitAsync(node, cancellationToken).ConfigureAwait(false);
        }
    }

    private async IAsyncEnumerable<RuntimeEvent> ReplayAsync(
        ReplayState state, long afterSequence, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var events = new List<RuntimeEvent>();
        await foreach (var entry in journal.ReadAsync(tenant, state.RunId, state.LastEntry, cancellationToken).ConfigureAwait(false))
        {
            state.Project(entry, afterSequence, tenant, events);
            foreach (var replayed in events) yield return replayed;
            events.Clear();
        }
    }

    /// <summary>How far a reader has come in the journal.</summary>
    private sealed class ReplayState(string runId)
    {
        private JournalEvents? _projection;

        public string RunId { get; } = runId;

        public long LastEntry { get; private set; }

        /// <summary>Takes the next entry. One whose events the reader has is passed over, but for the first, which names the thread, and the last, which ends the stream.</summary>
        public void Project(JournalEntry entry, long afterSequence, TenantSpec tenant, List<RuntimeEvent> into)
        {
            LastEntry = entry.Sequence;
            if (_projection is not null && entry.EventSequence <= afterSequence && entry.Kind != JournalEntryKind.RunEnded) return;
            var data = entry.ReadData();
            _projection ??= new(RunId, ((RunStartedData)data).ThreadId, tenant.ResourceId);
            _projection.Project(entry, data, into);
        }
    }
}
