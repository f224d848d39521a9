using Sluice.Storage;

namespace Sluice.Bench.Stores;

/// <summary>Counts the rows that come out of a storage. The inner one belongs to the caller.</summary>
internal sealed class CountingStorage(IRuntimeStorage inner, ReadCounts counts) : IRuntimeStorage
{
    public IJournalStore Journal { get; } = new CountingJournal(inner.Journal, counts);

    public IPlanStore Plans => inner.Plans;

    public IApprovalStore Approvals { get; } = new CountingApprovals(inner.Approvals, counts);

    public IReferenceStore References => inner.References;

    public IThreadStore Threads => inner.Threads;

    public ILeaseStore Leases => inner.Leases;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
