using Sluice.Runtime.References;
using Sluice.Storage;

namespace Sluice.Runtime.Retention;

/// <summary>Removes runs that ended long ago, and what belonged to them alone.</summary>
/// <remarks>A run's journal goes last, so that whoever is interrupted finds it again: every other step may be repeated.</remarks>
internal sealed class RunPruner(IRuntimeStorage storage, TenantSpec tenant, ReferenceSweep sweep, TimeProvider time)
{
    private const int GroupSize = 100;
    private static readonly RunState[] Ended = [RunState.Finished, RunState.Cancelled, RunState.Failed];
    private readonly PlanPruner _plans = new(storage, tenant);

    public async ValueTask<PruneResult> PruneAsync(PruneOptions options, CancellationToken cancellationToken)
    {
        var before = CutoffOf(options);
        var result = new PruneResult();
        foreach (var state in Ended)
        {
            var runs = RunPages.ReadAsync(storage.Journal, tenant, new() { State = state, UpdatedBy = before }, cancellationToken);
            await foreach (var group in runs.Chunk(GroupSize).WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                result = await RemoveAsync(group, before, result, cancellationToken).ConfigureAwait(false);
                options.Progress?.Report(result);
            }
        }

        if (options.IncludeDrafts)
            result = result with { Plans = result.Plans + await _plans.RemoveDraftsAsync(before, cancellationToken).ConfigureAwait(false) };
        result = result with { References = await sweep.RemoveExpiredAsync(time.GetUtcNow(), cancellationToken).ConfigureAwait(false) };
        options.Progress?.Report(result);
        return result;
    }

    public async ValueTask<PruneResult> RemoveThreadAsync(string threadId, CancellationToken cancellationToken)
    {
        var runs = new List<RunRecord>();
        await foreach (var run in RunPages.ReadAsync(storage.Journal, tenant, new() { ThreadId = threadId }, cancellationToken).ConfigureAwait(false))
        {
            if (!Ended.Contains(run.State))
                throw new SluiceException(ErrorCodes.ThreadBusy, $"Run '{run.RunId}' of thread '{threadId}' has not ended. Cancel it or let it end first.");
            runs.Add(run);
        }

        var result = new PruneResult();
        foreach (var group in runs.Chunk(GroupSize)) result = await RemoveAsync(group, time.GetUtcNow(), result, cancellationToken).ConfigureAwait(false);
        return result;
    }

    private DateTimeOffset CutoffOf(PruneOptions options) => options switch
    {
        { OlderThan: { } age, Before: null } when age >= TimeSpan.Zero => time.GetUtcNow() - age,
        { OlderThan: null, Before: { } before } => before,
        _ => throw new ArgumentException("Say how old runs must be: either OlderThan, which is not negative, or Before.", nameof(options)),
    };

    private async ValueTask<PruneResult> RemoveAsync(RunRecord[] group, DateTimeOffset before, PruneResult result, CancellationToken cancellationToken)
    {
        var removed = new List<RunRecord>(group.Length);
        var plans = 0;
        foreach (var run in group)
        {
            if (await _plans.TryRemoveOfAsync(run, before, cancellationToken).ConfigureAwait(false) is not { } count) continue;
            plans += count;
            removed.Add(run);
        }

        var ids = removed.ConvertAll(run => run.RunId);
        var requests = await storage.Approvals.RemoveRunsAsync(tenant, ids, cancellationToken).ConfigureAwait(false);
        foreach (var thread in removed.GroupBy(run => run.ThreadId, StringComparer.Ordinal))
            await storage.Threads.RemoveRunsAsync(tenant, thread.Key, [.. thread.Select(run => run.RunId)], cancellationToken).ConfigureAwait(false);
        var runs = await storage.Journal.RemoveRunsAsync(tenant, ids, cancellationToken).ConfigureAwait(false);
        return result with
        {
            Runs = result.Runs + runs,
            Requests = result.Requests + requests,
            Plans = result.Plans + plans,
            Kept = result.Kept + group.Length - removed.Count,
        };
    }
}
