using System.Collections.Concurrent;
using Sluice.Journal;
using Sluice.Storage;

namespace Sluice.Runtime.Memory;

internal sealed class MemoryJournalStore(TenantTable<RunLog> logs, LeaseOwners owners) : IJournalStore
{
    private Signal _runAdded;

    public ValueTask<bool> AppendAsync(
        TenantSpec tenant, RunRecord run, IReadOnlyList<JournalEntry> entries, RunLease lease, CancellationToken cancellationToken)
    {
        StoreArguments.CheckAppend(run, entries);
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<bool>(cancellationToken);
        var ofTenant = logs.Of(tenant);
        if (ofTenant.TryGetValue(run.RunId, out var log)) return new(log.TryAppend(run, entries, lease));
        if (entries[0].Sequence != 1) return new(false);

        var appended = ofTenant.GetOrAdd(run.RunId, static _ => new()).TryAppend(run, entries, lease);
        _runAdded.Raise();
        return new(appended);
    }

    public IAsyncEnumerable<JournalEntry> ReadAsync(
        TenantSpec tenant, string runId, long afterSequence, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(afterSequence);
        return Read(logs.Of(tenant), runId, afterSequence, cancellationToken).ToAsyncEnumerable();
    }

    public Task WaitAsync(TenantSpec tenant, string runId, long afterSequence, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(afterSequence);
        if (cancellationToken.IsCancellationRequested) return Task.FromCanceled(cancellationToken);
        return logs.Get(tenant, runId) is { } log
            ? log.WaitAsync(afterSequence, cancellationToken)
            : WaitForRunAsync(tenant, runId, afterSequence, cancellationToken);
    }

    public ValueTask<RunRecord?> GetRunAsync(TenantSpec tenant, string runId, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<RunRecord?>(cancellationToken)
            : new(logs.Get(tenant, runId)?.Run);

    public ValueTask<IReadOnlyList<RunRecord>> ListRunsAsync(TenantSpec tenant, RunFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        StoreArguments.CheckLimit(filter.Limit);
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<IReadOnlyList<RunRecord>>(cancellationToken);
        return new([.. logs.RowsOf(tenant)
            .Where(log => !filter.IsCancelRequested || log.IsCancelRequested)
            .Where(log => filter.UnownedAt is not { } now || !owners.IsAlive(tenant, log.Lease.Owner, now))
            .Select(log => log.Run).OfType<RunRecord>().Where(run => Matches(run, filter))
            .OrderByDescending(run => run.StartedAt).ThenByDescending(run => run.RunId, StringComparer.Ordinal)
            .Take(filter.Limit)]);
    }

    public ValueTask<bool> RequestCancelAsync(TenantSpec tenant, string runId, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<bool>(cancellationToken)
            : new(logs.Get(tenant, runId)?.TryRequestCancel() ?? false);

    public ValueTask<int> RemoveRunsAsync(TenantSpec tenant, IReadOnlyCollection<string> runIds, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(runIds);
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<int>(cancellationToken);
        var ofTenant = logs.Of(tenant);
        // A run that has ended is never written to again, so nothing can come between looking and removing.
        return new(runIds.Count(runId =>
            ofTenant.TryGetValue(runId, out var log) && log.Run is { State: not (RunState.Running or RunState.Waiting) } && ofTenant.TryRemove(new(runId, log))));
    }

    private static bool Matches(RunRecord run, RunFilter filter) =>
        (filter.State is null || run.State == filter.State)
        && (filter.ThreadId is null || run.ThreadId == filter.ThreadId)
        && (filter.EvalRunId is null || run.EvalSample?.EvalRunId == filter.EvalRunId)
        && (filter.TestCaseId is null || run.EvalSample?.TestCaseId == filter.TestCaseId)
        && (filter.UpdatedBy is null || run.UpdatedAt <= filter.UpdatedBy)
        && (filter.After is not { } after || run.StartedAt < after.StartedAt
            || (run.StartedAt == after.StartedAt && string.CompareOrdinal(run.RunId, after.RunId) < 0));

    private static IEnumerable<JournalEntry> Read(
        ConcurrentDictionary<string, RunLog> ofTenant, string runId, long afterSequence, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        // The run may begin between the call and the first read, so it is looked up only now.
        return ofTenant.TryGetValue(runId, out var log) ? log.Read(runId, afterSequence, cancellationToken) : [];
    }

    private async Task WaitForRunAsync(TenantSpec tenant, string runId, long afterSequence, CancellationToken cancellationToken)
    {
        while (true)
        {
            var added = _runAdded.Next();
            if (logs.Get(tenant, runId) is { } log)
            {
                await log.WaitAsync(afterSequence, cancellationToken).ConfigureAwait(false);
                return;
            }

            await added.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
