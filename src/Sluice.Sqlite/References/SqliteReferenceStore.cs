using System.IO.Compression;
using Sluice.Sqlite.Connections;
using Sluice.Storage;

namespace Sluice.Sqlite.References;

internal sealed class SqliteReferenceStore(Store store) : IReferenceStore
{
    /// <summary>Below this the dictionary of the compressor costs more than it saves.</summary>
    private const int SmallestCompressed = 1024;

    private readonly string _folder = Path.GetDirectoryName(store.Path)!;

    public async ValueTask<ReferenceEnvelope> PutAsync(
        TenantSpec tenant, ReferenceEnvelope envelope, Func<Stream, CancellationToken, ValueTask> write, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        ArgumentNullException.ThrowIfNull(write);
        if (await KeepLongerAsync(tenant, envelope, cancellationToken).ConfigureAwait(false) is { } known) return known;

        using var value = new Spool(_folder);
        var isCompressed = envelope.Bytes > SmallestCompressed;
        Stream target = new SpoolStream(value);
        if (isCompressed) target = new BrotliStream(target, CompressionLevel.Fastest);
        await using (target.ConfigureAwait(false))
            await write(target, cancellationToken).ConfigureAwait(false);

        var glimpse = StoredJson.Write(envelope.Glimpse);
        return await store.AddAsync(tenant, Store, cancellationToken).ConfigureAwait(false);

        ReferenceEnvelope Store(Connection connection, long owner)
        {
            if (KeepLonger(connection, owner, envelope) is { } overtaken) return overtaken;
            ReferenceRows.Insert(connection, owner, envelope, glimpse, value, isCompressed);
            return ReferenceRows.Get(connection, owner, envelope.Id)!;
        }
    }

    public ValueTask<ReferenceEnvelope?> GetAsync(TenantSpec tenant, ReferenceHandle reference, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reference);
        return store.ReadAsync(
            tenant, nothing: null,
            (connection, owner) => ReferenceRows.Get(connection, owner, reference.Id) is { } found && found.Kind == reference.Kind ? found : null,
            cancellationToken);
    }

    public ValueTask<Stream?> OpenAsync(TenantSpec tenant, ReferenceHandle reference, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reference);
        return store.ReadAsync<Stream?>(
            tenant, nothing: null,
            (connection, owner) =>
            {
                using var found = connection.Prepare("""
                    SELECT key, stored_bytes, is_compressed FROM reference_values WHERE tenant = ? AND reference_id = ? AND kind = ?
                    """).Bind(owner).Bind(reference.Id).Bind(reference.Kind);
                if (!found.Step()) return null;
                var stored = Open(tenant, found.Int64(0), found.Int64(1));
                return found.Int64(2) == 0 ? stored : new BrotliStream(stored, CompressionMode.Decompress);
            },
            cancellationToken);
    }

    public async ValueTask<int> RemoveExpiredAsync(
        TenantSpec tenant, DateTimeOffset now, IReadOnlySet<string> pinned, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pinned);
        var expired = new ExpiredValues(now, pinned);
        ExpiredValues.Step step;
        do
        {
            step = await store.ChangeAsync(tenant, nothing: default, expired.Next, cancellationToken).ConfigureAwait(false);
            expired.Note(step);
        }
        while (step.IsMore);

        return expired.Removed;
    }

    private static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) =>
        one is null || other is null ? null : one >= other ? one : other;

    /// <summary>The envelope of the value that is stored already, living at least as long as asked; null when there is none.</summary>
    private static ReferenceEnvelope? KeepLonger(Connection connection, long tenant, ReferenceEnvelope envelope)
    {
        if (ReferenceRows.Get(connection, tenant, envelope.Id) is not { } stored) return null;
        var expiresAt = Later(stored.ExpiresAt, envelope.ExpiresAt);
        if (expiresAt != stored.ExpiresAt) ReferenceRows.SetLife(connection, tenant, envelope.Id, expiresAt);
        return stored with { ExpiresAt = expiresAt };
    }

    /// <summary>The same, writing only where that is needed.</summary>
    private async ValueTask<ReferenceEnvelope?> KeepLongerAsync(TenantSpec tenant, ReferenceEnvelope envelope, CancellationToken cancellationToken)
    {
        var stored = await store.ReadAsync(
            tenant, nothing: null, (connection, owner) => ReferenceRows.Get(connection, owner, envelope.Id), cancellationToken).ConfigureAwait(false);
        if (stored is null || Later(stored.ExpiresAt, envelope.ExpiresAt) == stored.ExpiresAt) return stored;
        return await store.ChangeAsync(
            tenant, nothing: null, (connection, owner) => KeepLonger(connection, owner, envelope), cancellationToken).ConfigureAwait(false);
    }

    private ChunkStream Open(TenantSpec tenant, long value, long length) => new(
        length,
        (number, target) => store.Read<int?>(
            tenant, nothing: null, (connection, owner) => ReferenceRows.ReadChunk(connection, owner, value, number, target)));
}
