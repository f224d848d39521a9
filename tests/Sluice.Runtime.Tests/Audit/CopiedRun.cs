using System.Runtime.CompilerServices;
using Sluice.Journal;
using Sluice.Runtime.Approvals;
using Sluice.Runtime.Audit;
using Sluice.Storage;

namespace Sluice.Runtime.Tests.Audit;

/// <summary>A storage that shows one run as somebody with access to the tables left it. Everything else is as it was.</summary>
internal sealed class CopiedRun(IRuntimeStorage inner, RunRecord row, IReadOnlyList<JournalEntry> entries) : IRuntimeStorage, IJournalStore
{
    public IJournalStore Journal => this;

    public IPlanStore Plans => inner.Plans;

    public IApprovalStore Approvals => inner.Approvals;

    public IReferenceStore References => inner.References;

    public IThreadStore Threads => inner.Threads;

    public ILeaseStore Leases => inner.Leases;

    /// <summary>What a check finds in a run that was edited.</summary>
    public static async Task<AuditReport> VerifyAsync(
        AgentRuntime original, IRuntimeStorage storage, string runId, Func<List<JournalEntry>, IEnumerable<JournalEntry>> edit, Func<RunRecord, RunRecord>? editRow = null)
    {
        var entries = await original.JournalAsync(runId).ToListAsync();
        var row = (await original.GetRunAsync(runId))!;
        await using var copy = new CopiedRun(storage, editRow?.Invoke(row) ?? row, [.. edit(entries)]);
        var tenant = original.Spec.Tenant;
        var verdicts = new Verdicts(storage.Approvals, tenant, new(storage.Approvals, tenant));
        return await new RunVerifier(copy, tenant, verdicts).VerifyAsync(runId, default);
    }

    /// <summary>The entries with sequences and hashes as if they had been written so: what somebody does who knows how the chain is made.</summary>
    public static IEnumerable<JournalEntry> Rechain(IEnumerable<JournalEntry> entries)
    {
        var (previous, sequence, events) = (JournalHash.Origin, 0L, 0L);
        foreach (var entry in entries)
        {
            events += JournalEvents.Count(entry.ReadData());
            var edited = entry with { Sequence = ++sequence, EventSequence = events, PreviousHash = previous };
            previous = JournalHash.Compute(edited);
            yield return edited with { Hash = previous };
        }
    }

    public ValueTask<bool> AppendAsync(
        TenantSpec tenant, RunRecord run, IReadOnlyList<JournalEntry> entries, RunLease lease, CancellationToken cancellationToken) => throw new NotSupportedException();

    public async IAsyncEnumerable<JournalEntry> ReadAsync(
        TenantSpec tenant, string runId, long afterSequence, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (var entry in entries.Skip((int)afterSequence)) yield return entry;
    }

    public Task WaitAsync(TenantSpec tenant, string runId, long afterSequence, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<RunRecord?> GetRunAsync(TenantSpec tenant, string runId, CancellationToken cancellationToken) => new(row);

    public ValueTask<IReadOnlyList<RunRecord>> ListRunsAsync(TenantSpec tenant, RunFilter filter, CancellationToken cancellationToken) => new([row]);

    public ValueTask<bool> RequestCancelAsync(TenantSpec tenant, string runId, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<int> RemoveRunsAsync(TenantSpec tenant, IReadOnlyCollection<string> runIds, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
