using Sluice.Runtime.Leases;
using Sluice.Storage;

namespace Sluice.Runtime.Runs;

/// <summary>The tenant's runs as they stand now: a row says "running", and only the leases tell whether somebody still drives it.</summary>
internal sealed class RunDirectory(ActiveRuns active, Ownership ownership, IJournalStore journal, TenantSpec tenant, TimeProvider time)
{
    public async ValueTask<RunRecord?> GetAsync(string runId, CancellationToken cancellationToken)
    {
        var run = await journal.GetRunAsync(tenant, runId, cancellationToken).ConfigureAwait(false);
        return run is { State: RunState.Running } && !await active.IsDrivenAsync(runId).ConfigureAwait(false) ? Interrupted(run) : run;
    }

    public async ValueTask<IReadOnlyList<RunRecord>> ListAsync(RunFilter filter, CancellationToken cancellationToken)
    {
        if (filter.State == RunState.Interrupted) return await ListInterruptedAsync(filter, cancellationToken).ConfigureAwait(false);
        var runs = await journal.ListRunsAsync(tenant, filter, cancellationToken).ConfigureAwait(false);
        if (!runs.Any(run => run.State == RunState.Running && active.Find(run.RunId) is null)) return runs;
        var interrupted = await ListInterruptedAsync(filter, cancellationToken).ConfigureAwait(false);
        var ids = interrupted.Select(run => run.RunId).ToHashSet(StringComparer.Ordinal);
        return [.. runs.Select(run => ids.Contains(run.RunId) ? Interrupted(run) : run)];
    }

    private async ValueTask<IReadOnlyList<RunRecord>> ListInterruptedAsync(RunFilter filter, CancellationToken cancellationToken)
    {
        await ownership.ClearAwayAsync().ConfigureAwait(false);
        var unowned = filter with { State = RunState.Running, UnownedAt = time.GetUtcNow() };
        var runs = await journal.ListRunsAsync(tenant, unowned, cancellationToken).ConfigureAwait(false);
        return [.. runs.Where(run => active.Find(run.RunId) is null).Select(Interrupted)];
    }

    private static RunRecord Interrupted(RunRecord run) => run with { State = RunState.Interrupted };
}
