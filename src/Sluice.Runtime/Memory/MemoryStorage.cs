using Sluice.Runtime.Memory;
using Sluice.Storage;

namespace Sluice;

/// <summary>Storage in the memory of this process: the default, for tests, tools and first steps. What it holds is gone with the process.</summary>
public sealed class MemoryStorage : IRuntimeStorage
{
    private MemoryStorage()
    {
        var (runs, owners) = (new TenantTable<RunLog>(), new LeaseOwners());
        Journal = new MemoryJournalStore(runs, owners);
        Leases = new MemoryLeaseStore(runs, owners);
    }

    /// <inheritdoc/>
    public IJournalStore Journal { get; }

    /// <inheritdoc/>
    public IPlanStore Plans { get; } = new MemoryPlanStore();

    /// <inheritdoc/>
    public IApprovalStore Approvals { get; } = new MemoryApprovalStore();

    /// <inheritdoc/>
    public IReferenceStore References { get; } = new MemoryReferenceStore();

    /// <inheritdoc/>
    public IThreadStore Threads { get; } = new MemoryThreadStore();

    /// <inheritdoc/>
    public ILeaseStore Leases { get; }

    /// <summary>An empty storage. It may serve several runtimes, one after the other or at once.</summary>
    public static MemoryStorage Create() => new();

    /// <summary>Does nothing: the storage stays usable for whoever still holds it.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
