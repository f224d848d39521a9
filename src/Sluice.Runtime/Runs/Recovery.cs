using Microsoft.Extensions.Logging;
using Sluice.Runtime.Approvals;
using Sluice.Runtime.Leases;
using Sluice.Storage;

namespace Sluice.Runtime.Runs;

/// <summary>Brings runs back that nobody drives: those whose decision is there, in whatever process it was taken, and those that were interrupted.</summary>
internal sealed partial class Recovery(
    RunDriver driver, ActiveRuns active, ApprovalDesk desk, IRuntimeStorage storage, TenantSpec tenant, Ownership ownership, RuntimeOptions options) : IDisposable
{
    private readonly ILogger _logger = options.LoggerFactory.CreateLogger<Recovery>();
    private readonly SemaphoreSlim _passes = new(1);

    // Requests whose run has been told here: one that waits for another decision first must not be brought back again and again.
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);

    /// <summary>Tells a run that a request of its was closed. One that left memory comes back, where the options let it.</summary>
    public async ValueTask<Woken> WakeAsync(string runId)
    {
        if (active.Find(runId) is { } run)
        {
            if (run.NotifyDecision()) return Woken.Told;
            await run.CompletionAsync().ConfigureAwait(false);
        }

        return options.Recovery == RunRecovery.None ? Woken.Left : await TryResumeAsync(runId).ConfigureAwait(false);
    }

    /// <summary>Wakes the runs whose requests were closed and that have not taken it up: by other processes, by expiry, or just before a crash.</summary>
    public async ValueTask WakeDecidedAsync()
    {
        await _passes.WaitAsync().ConfigureAwait(false);
        try
        {
            var closed = await storage.Approvals.ListAsync(tenant, ApprovalFilter.Unapplied, CancellationToken.None).ConfigureAwait(false);
            foreach (var request in closed)
            {
                // Whoever else drives the run notices by itself; if it dies before, the next pass finds that.
                if (_told.Contains(request.Id) || await IsDrivenElsewhereAsync(request.RunId).ConfigureAwait(false)) continue;
                _told.Add(request.Id);
                if (await WakeAsync(request.RunId).ConfigureAwait(false) == Woken.Ended) await desk.SettleAsync(request).ConfigureAwait(false);
            }

            _told.IntersectWith(closed.Select(request => request.Id));
        }
        finally
        {
            _passes.Release();
        }
    }

    /// <summary>Takes up every run that was interrupted.</summary>
    public async ValueTask ResumeInterruptedAsync()
    {
        await ownership.ClearAwayAsync().ConfigureAwait(false);
        var filter = new RunFilter { State = RunState.Running, UnownedAt = options.TimeProvider.GetUtcNow(), Limit = 1000 };
        while (true)
        {
            var runs = await storage.Journal.ListRunsAsync(tenant, filter, CancellationToken.None).ConfigureAwait(false);
            foreach (var run in runs)
            {
                if (active.Find(run.RunId) is null) await TryResumeAsync(run.RunId).ConfigureAwait(false);
            }

            if (runs.Count < filter.Limit) return;
            filter = filter with { After = new(runs[^1].StartedAt, runs[^1].RunId) };
        }
    }

    /// <summary>Stops the runs of this process that somebody elsewhere asked to cancel.</summary>
    public async ValueTask CancelRequestedAsync()
    {
        var asked = await storage.Journal.ListRunsAsync(
            tenant, new() { IsCancelRequested = true, Limit = 1000 }, CancellationToken.None).ConfigureAwait(false);
        foreach (var run in asked) active.Find(run.RunId)?.RequestStop(StopRequest.Cancel);
    }

    public void Dispose() => _passes.Dispose();

    private async ValueTask<bool> IsDrivenElsewhereAsync(string runId) =>
        active.Find(runId) is null && await ownership.GetHolderAsync(runId).ConfigureAwait(false) is not null;

    /// <summary>One run that cannot go on must not keep the others asleep.</summary>
    private async ValueTask<Woken> TryResumeAsync(string runId)
    {
        try
        {
            await driver.ResumeAsync(runId, CancellationToken.None).ConfigureAwait(false);
            return Woken.Told;
        }
        catch (SluiceException exception) when (exception.Code is ErrorCodes.RunEnded or ErrorCodes.RunNotFound)
        {
            return Woken.Ended;
        }
        catch (SluiceException exception) when (exception.Code == ErrorCodes.RunActive)
        {
            return Woken.Left;
        }
        catch (Exception exception)
        {
            LogNotResumed(_logger, runId, exception);
            return Woken.Left;
        }
    }

    [LoggerMessage(1, LogLevel.Error, "Run {RunId} could go on and could not be taken up; see why, and resume it.")]
    private static partial void LogNotResumed(ILogger logger, string runId, Exception exception);
}
