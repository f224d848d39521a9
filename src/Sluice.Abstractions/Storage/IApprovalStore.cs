namespace Sluice.Storage;

/// <summary>Questions to people, their answers, and standing grants. Rows of one tenant are never visible to another.</summary>
/// <remarks>
/// Tenants are told apart by <see cref="TenantSpec.ResourceId"/> alone. Rows are copied in and out: what a caller does with its lists and
/// JSON documents later never changes them. A token that is cancelled before the call MUST stop it with nothing stored.
/// </remarks>
public interface IApprovalStore
{
    /// <summary>Adds a request. It MUST be durable, and visible to every reader of the store, before this completes.</summary>
    /// <returns>False, and nothing stored, when the tenant has a request with this id. Of several callers, exactly one succeeds.</returns>
    ValueTask<bool> TryAddAsync(TenantSpec tenant, ApprovalRequest request, CancellationToken cancellationToken);

    /// <summary>Replaces a request, if it is still as the caller saw it. Of several callers with the same version, exactly one succeeds.</summary>
    /// <param name="tenant">The owner.</param>
    /// <param name="request">The new row; its version is <paramref name="expectedVersion"/> + 1.</param>
    /// <param name="expectedVersion">The version the caller saw.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>False, and nothing stored, when the request is unknown or has another version.</returns>
    /// <exception cref="ArgumentException">The new row's version is not <paramref name="expectedVersion"/> + 1.</exception>
    ValueTask<bool> TryUpdateAsync(TenantSpec tenant, ApprovalRequest request, long expectedVersion, CancellationToken cancellationToken);

    /// <summary>A request; null when the tenant has no such request.</summary>
    ValueTask<ApprovalRequest?> GetAsync(TenantSpec tenant, string id, CancellationToken cancellationToken);

    /// <summary>The tenant's requests that match, oldest first, requests of one instant by id; or in the opposite order, where the filter says so.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not from 1 to 1000.</exception>
    ValueTask<IReadOnlyList<ApprovalRequest>> ListAsync(TenantSpec tenant, ApprovalFilter filter, CancellationToken cancellationToken);

    /// <summary>Completes when one of the tenant's requests was closed after this was called, in whatever process; it MAY complete early.</summary>
    /// <remarks>Cancelling MUST end the wait with <see cref="OperationCanceledException"/>.</remarks>
    Task WaitAsync(TenantSpec tenant, CancellationToken cancellationToken);

    /// <summary>Removes the requests of runs, and the standing grants that hold in one of these runs alone. A request that gave a grant which holds beyond its run stays.</summary>
    /// <returns>How many requests were removed.</returns>
    ValueTask<int> RemoveRunsAsync(TenantSpec tenant, IReadOnlyCollection<string> runIds, CancellationToken cancellationToken);

    /// <summary>Adds a standing grant; one with the same id in the tenant is kept as it is.</summary>
    ValueTask AddGrantAsync(TenantSpec tenant, ApprovalGrant grant, CancellationToken cancellationToken);

    /// <summary>The tenant's standing grants for a tool, in no particular order.</summary>
    ValueTask<IReadOnlyList<ApprovalGrant>> ListGrantsAsync(TenantSpec tenant, string toolName, CancellationToken cancellationToken);

    /// <summary>The tenant's key for the MACs of decisions, made at random when there is none: 32 bytes, the same for every caller.</summary>
    ValueTask<ReadOnlyMemory<byte>> GetSigningKeyAsync(TenantSpec tenant, CancellationToken cancellationToken);
}
