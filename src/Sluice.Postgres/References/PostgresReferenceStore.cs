using System.IO.Compression;
using Npgsql;
using Sluice.Postgres.Connections;
using Sluice.Storage;

namespace Sluice.Postgres.References;

/// <summary>Values as chunks beside their row, compressed where that pays.</summary>
internal sealed class PostgresReferenceStore(Database database, ReferenceWriter writer) : IReferenceStore
{
    /// <summary>Below this the dictionary of the compressor costs more than it saves.</summary>
    private const int SmallestCompressed = 1024;

    private const int RemovedAtOnce = 500;

    private const string Columns = "id, kind, glimpse, bytes, created_at, expires_at";

    private const string Select = $"select {Columns} from reference_values where tenant = $1 and id = $2";

    /// <summary>The later time; no end is latest. Rows that live long enough are not touched.</summary>
    private const string ExtendLife = $"""
        update reference_values set expires_at = case when $3::bigint is null then null else greatest(expires_at, $3) end
        where tenant = $1 and id = $2 and expires_at is not null and ($3::bigint is null or $3 > expires_at) returning {Columns}
        """;

    private const string SelectContent = """
        select v.content, v.is_compressed, c.data
        from reference_values v join reference_chunks c on c.tenant = v.tenant and c.content = v.content and c.number = 0
        where v.tenant = $1 and v.id = $2 and v.kind = $3
        """;

    private const string SelectChunk = "select data from reference_chunks where tenant = $1 and content = $2 and number = $3";

    /// <summary>A row that somebody holds is being extended or removed: it is left to them.</summary>
    private const string Remove = """
        with expired as (
          select id from reference_values where tenant = $1 and expires_at <= $2 and id <> all ($3) limit $4 for update skip locked),
        gone as (delete from reference_values where tenant = $1 and id in (select id from expired) returning content),
        chunks as (delete from reference_chunks where tenant = $1 and content in (select content from gone))
        select content from gone
        """;

    public async ValueTask<ReferenceEnvelope> PutAsync(
        TenantSpec tenant, ReferenceEnvelope envelope, Func<Stream, CancellationToken, ValueTask> write, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        ArgumentNullException.ThrowIfNull(write);
        if (await FindLivingAsync(tenant, envelope, cancellationToken).ConfigureAwait(false) is { } known) return known;

        var isCompressed = envelope.Bytes > SmallestCompressed;
        var spool = new Spool();
        await using (spool.ConfigureAwait(false))
        {
            await FillAsync(spool, isCompressed, write, cancellationToken).ConfigureAwait(false);
            while (!await writer.TryAddAsync(tenant, envelope, isCompressed, spool, cancellationToken).ConfigureAwait(false))
            {
                if (await FindLivingAsync(tenant, envelope, cancellationToken).ConfigureAwait(false) is { } overtaken) return overtaken;
            }
        }

        return envelope;
    }

    public async ValueTask<ReferenceEnvelope?> GetAsync(TenantSpec tenant, ReferenceHandle reference, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reference);
        return await database.FindAsync(
            tenant, new($"{Select} and kind = $3", reference.Id, reference.Kind), ReadEnvelope, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<Stream?> OpenAsync(TenantSpec tenant, ReferenceHandle reference, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reference);
        var found = await database.FindAsync(
            tenant, new(SelectContent, reference.Id, reference.Kind),
            row => (Content: row.GetInt64(0), IsCompressed: row.GetBoolean(1), First: row.GetFieldValue<byte[]>(2)), cancellationToken).ConfigureAwait(false);
        if (found.First is null) return null;
        var stored = new ChunkReader(found.First, (number, token) => FetchAsync(tenant, reference, found.Content, number, token));
        return found.IsCompressed ? new BrotliStream(stored, CompressionMode.Decompress) : stored;
    }

    public async ValueTask<int> RemoveExpiredAsync(
        TenantSpec tenant, DateTimeOffset now, IReadOnlySet<string> pinned, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pinned);
        for (var removed = 0; ;)
        {
            var gone = await database.ListAsync(
                tenant, new(Remove, now.ToUnixTimeMilliseconds(), pinned.ToArray(), RemovedAtOnce), row => row.GetInt64(0), cancellationToken).ConfigureAwait(false);
            removed += gone.Count;
            if (gone.Count < RemovedAtOnce) return removed;
        }
    }

    private static async ValueTask FillAsync(
        Spool spool, bool isCompressed, Func<Stream, CancellationToken, ValueTask> write, CancellationToken cancellationToken)
    {
        if (!isCompressed)
        {
            await write(spool, cancellationToken).ConfigureAwait(false);
            return;
        }

        var compressor = new BrotliStream(spool, CompressionLevel.Fastest, leaveOpen: true);
        await using (compressor.ConfigureAwait(false)) await write(compressor, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The envelope of the value that is stored already, living at least as long as asked; null when there is none.</summary>
    private async Task<ReferenceEnvelope?> FindLivingAsync(TenantSpec tenant, ReferenceEnvelope envelope, CancellationToken cancellationToken)
    {
        while (true)
        {
            var stored = await database.FindAsync(tenant, new(Select, envelope.Id), ReadEnvelope, cancellationToken).ConfigureAwait(false);
            if (stored is null || stored.ExpiresAt is not { } end) return stored;
            if (envelope.ExpiresAt is { } asked && asked.ToUnixTimeMilliseconds() <= end.ToUnixTimeMilliseconds()) return stored;
            var extended = await database.FindAsync(
                tenant, new(ExtendLife, envelope.Id, Milliseconds.Of(envelope.ExpiresAt)), ReadEnvelope, cancellationToken).ConfigureAwait(false);
            if (extended is not null) return extended;
        }
    }

    private async ValueTask<byte[]?> FetchAsync(
        TenantSpec tenant, ReferenceHandle reference, long content, int number, CancellationToken cancellationToken)
    {
        var chunk = await database.FindAsync(
            tenant, new(SelectChunk, content, number), row => row.GetFieldValue<byte[]>(0), cancellationToken).ConfigureAwait(false);
        if (chunk is not null) return chunk;
        var isThere = await database.FindAsync(tenant, new(SelectChunk, content, 0), _ => true, cancellationToken).ConfigureAwait(false);
        return isThere ? null : throw new SluiceException(ErrorCodes.ReferenceExpired, $"Value '{reference.Id}' was removed while it was read. It expired; store it again.");
    }

    private static ReferenceEnvelope ReadEnvelope(NpgsqlDataReader row) => new()
    {
        Id = row.GetString(0),
        Kind = row.GetString(1),
        Glimpse = StoredJson.Element(row.GetString(2)),
        Bytes = row.GetInt64(3),
        CreatedAt = Milliseconds.ToInstant(row.GetInt64(4)),
        ExpiresAt = row.IsDBNull(5) ? null : Milliseconds.ToInstant(row.GetInt64(5)),
    };
}
