using Sluice.Storage;

namespace Sluice.Runtime.Runs;

/// <summary>
/// One run at a time on a thread, over all processes that use the store: here by the order in which runs were started, between processes by
/// the places that the store gives out.
/// </summary>
internal sealed class ThreadQueue(
    IRuntimeStorage storage, TenantSpec tenant, TimeProvider time, BusyThread busyThread, ActiveRuns active)
{
    // A run that ends says so; one whose process died does not, so who waits for it looks from time to time.
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(5);

    private readonly ThreadTurns _here = new();

    /// <summary>Takes the next place in line, or refuses when the options say so and somebody holds the thread.</summary>
    public async ValueTask<TaskCompletionSource> TakePlaceAsync(ActiveRun run, CancellationToken cancellationToken)
    {
        if (busyThread == BusyThread.Wait) return _here.Enter(run.ThreadId);
        return await FindHolderAsync(run, cancellationToken).ConfigureAwait(false) is null && _here.TryEnter(run.ThreadId) is { } place
            ? place
            : throw new SluiceException(ErrorCodes.ThreadBusy, $"Thread '{run.ThreadId}' is held by another run.") { Retryable = true };
    }

    /// <summary>The place of a run that was begun earlier and did not get onto its thread; it waits whatever the options say.</summary>
    public TaskCompletionSource TakePlaceAgain(ActiveRun run) => _here.Enter(run.ThreadId);

    public void Leave(ActiveRun run, TaskCompletionSource place) => _here.Leave(run.ThreadId, place);

    /// <summary>Waits until it is the run's turn.</summary>
    /// <returns>The run's place on the thread, from 1.</returns>
    public async ValueTask<int> EnterAsync(ActiveRun run, TaskCompletionSource place)
    {
        await ThreadTurns.WaitAsync(place, run.CancellationToken).ConfigureAwait(false);
        // The place in the store comes before the look: of two processes that enter at once, one sees the other.
        var ordinal = await storage.Threads
            .AddRunAsync(tenant, run.ThreadId, run.RunId, time.GetUtcNow(), run.CancellationToken).ConfigureAwait(false);
        while (ordinal > 1 && await FindHolderAsync(run, run.CancellationToken).ConfigureAwait(false) is { } holder)
            await WaitForChangeAsync(holder, run.CancellationToken).ConfigureAwait(false);
        return ordinal;
    }

    private async ValueTask WaitForChangeAsync(RunRecord holder, CancellationToken cancellationToken)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var changed = storage.Journal.WaitAsync(tenant, holder.RunId, holder.LastEntry, waiting.Token);
        if (holder.State == RunState.Waiting)
        {
            await changed.ConfigureAwait(false);
            return;
        }

        var ended = await Task.WhenAny(changed, Task.Delay(LookAgain, time, waiting.Token)).ConfigureAwait(false);
        await waiting.CancelAsync().ConfigureAwait(false);
        if (ended == changed || cancellationToken.IsCancellationRequested) await ended.ConfigureAwait(false);
    }

    /// <summary>
    /// The run that holds the thread: the nearest one before this one that waits for a person or is being driven, in whatever process. One
    /// that was interrupted and that nobody resumes does not hold it.
    /// </summary>
    private async ValueTask<RunRecord?> FindHolderAsync(ActiveRun run, CancellationToken cancellationToken)
    {
        var runs = await storage.Threads.ListRunsAsync(tenant, run.ThreadId, cancellationToken).ConfigureAwait(false);
        for (var index = PlaceOf(run, runs) - 1; index >= 0; index--)
        {
            var earlier = await storage.Journal.GetRunAsync(tenant, runs[index], cancellationToken).ConfigureAwait(false);
            if (earlier is null) continue;
            if (earlier.State == RunState.Waiting) return earlier;
            if (earlier.State == RunState.Running && await active.IsDrivenAsync(earlier.RunId).ConfigureAwait(false)) return earlier;
            // It had the thread, so everybody before it was done. One that ended while it waited tells nothing about those.
            if (earlier.ThreadOrdinal > 0) return null;
        }

        return null;
    }

    private static int PlaceOf(ActiveRun run, IReadOnlyList<string> runs)
    {
        for (var index = runs.Count - 1; index >= 0; index--)
        {
            if (runs[index] == run.RunId) return index;
        }

        return runs.Count;
    }
}
