using Npgsql;
using NpgsqlTypes;
using Sluice.Postgres.Connections;

namespace Sluice.Postgres.References;

/// <summary>Stores a spooled value: its row and chunks in one transaction, which a small value needs only one round trip for.</summary>
internal sealed class ReferenceWriter(Database database)
{
    public const int ChunkSize = 256 * 1024;

    private const int ChunksPerStatement = 4;

    /// <summary>Gives the content's number, or no row when the tenant has the id.</summary>
    private const string InsertValue = """
        with value as (
          insert into reference_values (tenant, id, kind, glimpse, bytes, created_at, expires_at, is_compressed)
          values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing returning content),
        chunks as (
          insert into reference_chunks (tenant, content, number, data)
          select $1, value.content, chunk.number - 1, chunk.data from value, unnest($9) with ordinality as chunk (data, number))
        select content from value
        """;

    private const string InsertChunks = """
        insert into reference_chunks (tenant, content, number, data)
        select $1, $2, $3 + chunk.number - 1, chunk.data from unnest($4) with ordinality as chunk (data, number)
        """;

    /// <summary>False, and nothing stored, when the tenant has the id.</summary>
    public Task<bool> TryAddAsync(
        TenantSpec tenant, ReferenceEnvelope envelope, bool isCompressed, Spool spool, CancellationToken cancellationToken) =>
        database.RunAsync(
            async _ =>
            {
                var connection = await database.ConnectAsync(cancellationToken).ConfigureAwait(false);
                await using (connection.ConfigureAwait(false))
                {
                    var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
                    await using (transaction.ConfigureAwait(false))
                    {
                        if (!await AddAsync(connection, tenant, envelope, isCompressed, spool, cancellationToken).ConfigureAwait(false)) return false;
                        // What is cancelled is not stored, so from here on nothing is cancelled.
                        cancellationToken.ThrowIfCancellationRequested();
                        await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
                        return true;
                    }
                }
            },
            cancellationToken);

    private async Task<bool> AddAsync(
        NpgsqlConnection connection, TenantSpec tenant, ReferenceEnvelope envelope, bool isCompressed, Spool spool, CancellationToken cancellationToken)
    {
        var contents = await database.ListOnceAsync(
            connection, tenant,
            new(
                InsertValue, envelope.Id, envelope.Kind, StoredJson.Text(envelope.Glimpse), envelope.Bytes,
                envelope.CreatedAt.ToUnixTimeMilliseconds(), Milliseconds.Of(envelope.ExpiresAt), isCompressed,
                await ReadChunksAsync(spool, 0, cancellationToken).ConfigureAwait(false)),
            row => row.GetInt64(0), cancellationToken).ConfigureAwait(false);
        if (contents.Count == 0) return false;

        for (var number = ChunksPerStatement; (long)number * ChunkSize < spool.Length; number += ChunksPerStatement)
        {
            var chunks = await ReadChunksAsync(spool, number, cancellationToken).ConfigureAwait(false);
            await database.ExecuteOnceAsync(connection, tenant, new(InsertChunks, contents[0], number, chunks), cancellationToken).ConfigureAwait(false);
        }

        return true;
    }

    /// <summary>A few chunks from a number on; of an empty value one that is empty.</summary>
    private static async ValueTask<NpgsqlParameter> ReadChunksAsync(Spool spool, int number, CancellationToken cancellationToken)
    {
        var chunks = new List<byte[]>(ChunksPerStatement);
        do
        {
            var position = (long)(number + chunks.Count) * ChunkSize;
            var chunk = new byte[Math.Min(ChunkSize, spool.Length - position)];
            await spool.ReadAtAsync(position, chunk, cancellationToken).ConfigureAwait(false);
            chunks.Add(chunk);
        }
        while (chunks.Count < ChunksPerStatement && (long)(number + chunks.Count) * ChunkSize < spool.Length);

        return new() { Value = chunks.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea };
    }
}
