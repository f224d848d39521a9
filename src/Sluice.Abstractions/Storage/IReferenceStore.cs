namespace Sluice.Storage;

/// <summary>Stored values, once per tenant and id. Values are streams of bytes; a store may compress them.</summary>
/// <remarks>
/// Rows of one tenant, told apart by <see cref="TenantSpec.ResourceId"/> alone, are never visible to another. A token that is cancelled
/// before the call MUST stop it with nothing stored.
/// </remarks>
public interface IReferenceStore
{
    /// <summary>Stores a value. When the tenant has this id already, the value stays, and the life becomes the longer of the two.</summary>
    /// <param name="tenant">The owner.</param>
    /// <param name="envelope">The handle, glimpse, size and times.</param>
    /// <param name="write">Writes the value's bytes; called only when they are needed. The stream is the store's to close.</param>
    /// <param name="cancellationToken">Stops; nothing is stored then.</param>
    /// <returns>The envelope as it is stored now: glimpse and creation time are those of the first call.</returns>
    /// <remarks>
    /// The value MUST be durable, and whole for every reader of the store, before this completes. When <paramref name="write"/> throws,
    /// nothing is stored and the exception passes through. A store MUST NOT hold the whole value uncompressed.
    /// </remarks>
    ValueTask<ReferenceEnvelope> PutAsync(
        TenantSpec tenant, ReferenceEnvelope envelope, Func<Stream, CancellationToken, ValueTask> write, CancellationToken cancellationToken);

    /// <summary>The envelope, expired or not; null when the tenant has no such id of this kind.</summary>
    ValueTask<ReferenceEnvelope?> GetAsync(TenantSpec tenant, ReferenceHandle reference, CancellationToken cancellationToken);

    /// <summary>Opens the value's bytes, expired or not; null when the tenant has no such id of this kind.</summary>
    /// <returns>A stream of its own for each caller, to be disposed by it.</returns>
    ValueTask<Stream?> OpenAsync(TenantSpec tenant, ReferenceHandle reference, CancellationToken cancellationToken);

    /// <summary>Removes the tenant's values that expired at <paramref name="now"/> or before and are not pinned.</summary>
    /// <param name="tenant">The owner.</param>
    /// <param name="now">The time.</param>
    /// <param name="pinned">Ids to keep: those that an approved or executing plan points to.</param>
    /// <param name="cancellationToken">Stops; what was removed stays removed.</param>
    /// <returns>How many were removed.</returns>
    /// <remarks>A value whose life is extended at the same time is either kept or gone before the extension, which then stores it anew.</remarks>
    ValueTask<int> RemoveExpiredAsync(
        TenantSpec tenant, DateTimeOffset now, IReadOnlySet<string> pinned, CancellationToken cancellationToken);
}
