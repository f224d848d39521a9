namespace Sluice.Testing;

/// <summary>The calls of the storage ports, for <see cref="FaultyStorage"/>.</summary>
public enum StorageOperation
{
    /// <summary><c>IJournalStore.AppendAsync</c></summary>
    AppendEntries,

    /// <summary><c>IJournalStore.ReadAsync</c></summary>
    ReadEntries,

    /// <summary><c>IJournalStore.WaitAsync</c></summary>
    WaitForEntries,

    /// <summary><c>IJournalStore.GetRunAsync</c></summary>
    GetRun,

    /// <summary><c>IJournalStore.ListRunsAsync</c></summary>
    ListRuns,

    /// <summary><c>IPlanStore.TryAddAsync</c></summary>
    AddPlan,

    /// <summary><c>IPlanStore.TryUpdateAsync</c></summary>
    UpdatePlan,

    /// <summary><c>IPlanStore.GetAsync</c></summary>
    GetPlan,

    /// <summary><c>IPlanStore.ListAsync</c></summary>
    ListPlans,

    /// <summary><c>IApprovalStore.TryAddAsync</c></summary>
    AddApproval,

    /// <summary><c>IApprovalStore.TryUpdateAsync</c></summary>
    UpdateApproval,

    /// <summary><c>IApprovalStore.GetAsync</c></summary>
    GetApproval,

    /// <summary><c>IApprovalStore.ListAsync</c></summary>
    ListApprovals,

    /// <summary><c>IApprovalStore.AddGrantAsync</c></summary>
    AddGrant,

    /// <summary><c>IApprovalStore.ListGrantsAsync</c></summary>
    ListGrants,

    /// <summary><c>IApprovalStore.GetSigningKeyAsync</c></summary>
    GetSigningKey,

    /// <summary><c>IReferenceStore.PutAsync</c></summary>
    PutReference,

    /// <summary><c>IReferenceStore.GetAsync</c></summary>
    GetReference,

    /// <summary><c>IReferenceStore.OpenAsync</c></summary>
    OpenReference,

    /// <summary><c>IReferenceStore.RemoveExpiredAsync</c></summary>
    RemoveExpiredReferences,

    /// <summary><c>IThreadStore.AddRunAsync</c></summary>
    AddRunToThread,

    /// <summary><c>IThreadStore.ListRunsAsync</c></summary>
    ListRunsOfThread,

    /// <summary><c>IThreadStore.GetAsync</c></summary>
    GetThread,

    /// <summary><c>IThreadStore.ListAsync</c></summary>
    ListThreads,

    /// <summary><c>IJournalStore.RequestCancelAsync</c></summary>
    RequestCancel,

    /// <summary><c>IJournalStore.RemoveRunsAsync</c></summary>
    RemoveRuns,

    /// <summary><c>IPlanStore.TryRemoveAsync</c></summary>
    RemovePlan,

    /// <summary><c>IThreadStore.RemoveRunsAsync</c></summary>
    RemoveRunsFromThread,

    /// <summary><c>IApprovalStore.WaitAsync</c></summary>
    WaitForApprovals,

    /// <summary><c>IApprovalStore.RemoveRunsAsync</c></summary>
    RemoveApprovals,

    /// <summary><c>ILeaseStore.RenewAsync</c></summary>
    RenewLeases,

    /// <summary><c>ILeaseStore.RetireAsync</c></summary>
    RetireOwner,

    /// <summary><c>ILeaseStore.ListOwnersAsync</c></summary>
    ListOwners,

    /// <summary><c>ILeaseStore.TryAcquireAsync</c></summary>
    AcquireLease,

    /// <summary><c>ILeaseStore.GetAsync</c></summary>
    GetLease,

    /// <summary><c>ILeaseStore.ReleaseAsync</c></summary>
    ReleaseLease,
}
