namespace Sluice.Storage;

/// <summary>Everything a runtime stores, by port. Implementations are thread-safe; one may serve several runtimes at once.</summary>
public interface IRuntimeStorage : IAsyncDisposable
{
    /// <summary>Runs and what happened in them.</summary>
    IJournalStore Journal { get; }

    /// <summary>Stored plans.</summary>
    IPlanStore Plans { get; }

    /// <summary>Questions to people, their answers, and standing grants.</summary>
    IApprovalStore Approvals { get; }

    /// <summary>Stored values.</summary>
    IReferenceStore References { get; }

    /// <summary>Conversations.</summary>
    IThreadStore Threads { get; }

    /// <summary>Who drives which run.</summary>
    ILeaseStore Leases { get; }
}
