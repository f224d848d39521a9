using Sluice.Storage;

namespace Sluice.Testing;

internal sealed class FaultyReferenceStore(IReferenceStore inner, FaultPoints points) : IReferenceStore
{
    public ValueTask<ReferenceEnvelope> PutAsync(
        TenantSpec tenant, ReferenceEnvelope envelope, Func<Stream, CancellationToken, ValueTask> write, CancellationToken cancellationToken) =>
        points.AroundAsync(StorageOperation.PutReference, () => inner.PutAsync(tenant, envelope, write, cancellationToken));

    public ValueTask<ReferenceEnvelope?> GetAsync(TenantSpec tenant, ReferenceHandle reference, CancellationToken cancellationToken) =>
        points.AroundAsync(StorageOperation.GetReference, () => inner.GetAsync(tenant, reference, cancellationToken));

    public ValueTask<Stream?> OpenAsync(TenantSpec tenant, ReferenceHandle reference, CancellationToken cancellationToken) =>
        points.AroundAsync(StorageOperation.OpenReference, () => inner.OpenAsync(tenant, reference, cancellationToken));

    public ValueTask<int> RemoveExpiredAsync(
        TenantSpec tenant, DateTimeOffset now, IReadOnlySet<string> pinned, CancellationToken cancellationToken) =>
        points.AroundAsync(StorageOperation.RemoveExpiredReferences, () => inner.RemoveExpiredAsync(tenant, now, pinned, cancellationToken));
}
