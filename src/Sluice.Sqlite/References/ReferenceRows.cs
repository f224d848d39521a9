using Sluice.Sqlite.Connections;

namespace Sluice.Sqlite.References;

internal static class ReferenceRows
{
    private const string Columns = "kind, reference_id, glimpse, bytes, created_at, expires_at";

    private const string InsertValue = """
        INSERT INTO reference_values (tenant, kind, reference_id, glimpse, bytes, created_at, expires_at, is_compressed, stored_bytes)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """;

    public static ReferenceEnvelope? Get(Connection connection, long tenant, string id)
    {
        using var found = connection.Prepare($"SELECT {Columns} FROM reference_values WHERE tenant = ? AND reference_id = ?").Bind(tenant).Bind(id);
        return found.Step() ? Read(found) : null;
    }

    public static void Insert(Connection connection, long tenant, ReferenceEnvelope envelope, byte[] glimpse, Spool value, bool isCompressed)
    {
        connection.Prepare(InsertValue)
            .Bind(tenant).Bind(envelope.Kind).Bind(envelope.Id).Bind(glimpse).Bind(envelope.Bytes).Bind(envelope.CreatedAt)
            .Bind(envelope.ExpiresAt).Bind(isCompressed).Bind(value.Length).Execute();
        var (key, number) = (connection.LastKey, 0);
        foreach (var chunk in value.Chunks())
        {
            connection.Prepare("INSERT INTO reference_chunks (tenant, value, number, content) VALUES (?, ?, ?, ?)")
                .Bind(tenant).Bind(key).Bind(number++).Bind(chunk.Span).Execute();
        }
    }

    public static void SetLife(Connection connection, long tenant, string id, DateTimeOffset? expiresAt) =>
        connection.Prepare("UPDATE reference_values SET expires_at = ? WHERE tenant = ? AND reference_id = ?")
            .Bind(expiresAt).Bind(tenant).Bind(id).Execute();

    public static int? ReadChunk(Connection connection, long tenant, long value, int number, byte[] target)
    {
        using var found = connection.Prepare("SELECT content FROM reference_chunks WHERE tenant = ? AND value = ? AND number = ?")
            .Bind(tenant).Bind(value).Bind(number);
        if (!found.Step()) return null;
        var content = found.Bytes(0);
        content.CopyTo(target);
        return content.Length;
    }

    public static void Remove(Connection connection, long tenant, long value)
    {
        connection.Prepare("DELETE FROM reference_chunks WHERE tenant = ? AND value = ?").Bind(tenant).Bind(value).Execute();
        connection.Prepare("DELETE FROM reference_values WHERE tenant = ? AND key = ?").Bind(tenant).Bind(value).Execute();
    }

    private static ReferenceEnvelope Read(Statement row) => new()
    {
        Kind = row.Text(0),
        Id = row.Text(1),
        Glimpse = StoredJson.Element(row.Bytes(2)),
        Bytes = row.Int64(3),
        CreatedAt = row.Time(4),
        ExpiresAt = row.TimeOrNull(5),
    };
}
