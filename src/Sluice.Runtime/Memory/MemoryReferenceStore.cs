using Sluice.Storage;

namespace Sluice.Runtime.Memory;

internal sealed class MemoryReferenceStore : IReferenceStore
{
    private readonly TenantTable<StoredValue> _values = new();

    public async ValueTask<ReferenceEnvelope> PutAsync(
        TenantSpec tenant, ReferenceEnvelope envelope, Func<Stream, CancellationToken, ValueTask> write, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        ArgumentNullException.ThrowIfNull(write);
        cancellationToken.ThrowIfCancellationRequested();
        if (ExtendLife(tenant, envelope) is { } known) return known;

        var value = await StoredValue.WriteAsync(envelope, write, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        while (!_values.Of(tenant).TryAdd(envelope.Id, value))
        {
            if (ExtendLife(tenant, envelope) is { } overtaken) return overtaken;
        }

        return value.Envelope;
    }

    public ValueTask<ReferenceEnvelope?> GetAsync(TenantSpec tenant, ReferenceHandle reference, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<ReferenceEnvelope?>(cancellationToken)
            : new(Find(tenant, reference)?.Envelope);

    public ValueTask<Stream?> OpenAsync(TenantSpec tenant, ReferenceHandle reference, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<Stream?>(cancellationToken)
            : new(Find(tenant, reference)?.Open());

    public ValueTask<int> RemoveExpiredAsync(
        TenantSpec tenant, DateTimeOffset now, IReadOnlySet<string> pinned, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pinned);
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<int>(cancellationToken);
        var values = _values.Of(tenant);
        var removed = 0;
        foreach (var row in values)
        {
            // Only this very row goes: one whose life was extended meanwhile is another.
            if (row.Value.Envelope.ExpiresAt <= now && !pinned.Contains(row.Key) && values.TryRemove(row)) removed++;
        }

        return new(removed);
    }

    private StoredValue? Find(TenantSpec tenant, ReferenceHandle reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        return _values.Get(tenant, reference.Id) is { } value && value.Envelope.Kind == reference.Kind ? value : null;
    }

    /// <summary>The envelope of the value that is stored already, living at least as long as asked; null when there is none.</summary>
    private ReferenceEnvelope? ExtendLife(TenantSpec tenant, ReferenceEnvelope envelope)
    {
        var values = _values.Of(tenant);
        while (values.TryGetValue(envelope.Id, out var stored))
        {
            var expiresAt = Later(stored.Envelope.ExpiresAt, envelope.ExpiresAt);
            if (expiresAt == stored.Envelope.ExpiresAt) return stored.Envelope;
            var extended = stored.WithLife(expiresAt);
            if (values.TryUpdate(envelope.Id, extended, stored)) return extended.Envelope;
        }

        return null;
    }

    private static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) =>
        one is null || other is null ? null : one >= other ? one : other;
}
