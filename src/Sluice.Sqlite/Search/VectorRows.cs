using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text.Json;
using Sluice.Data;
using Sluice.Sqlite.Catalog;
using Sluice.Sqlite.Connections;

namespace Sluice.Sqlite.Search;

/// <summary>Vectors as rows. They are kept with length one, so that a product is a cosine.</summary>
internal static class VectorRows
{
    public static int Put(Connection connection, long scope, SearchVector vector) => connection.Prepare(
        "INSERT INTO vectors (key, hash, vector) SELECT key, ?, ? FROM documents WHERE scope = ? AND document_id = ? "
        + "ON CONFLICT (key) DO UPDATE SET hash = excluded.hash, vector = excluded.vector")
        .Bind(vector.Hash).Bind(MemoryMarshal.AsBytes<float>(WithLengthOne(vector.Values.Span))).Bind(scope).Bind(vector.Id).Execute();

    public static Dictionary<string, string> ReadHashes(Connection connection, long scope, IReadOnlyList<string> ids)
    {
        using var row = connection.Prepare(
            "SELECT document_id, vectors.hash FROM json_each(?) AS asked CROSS JOIN documents ON scope = ? AND document_id = asked.value JOIN vectors USING (key)")
            .Bind(JsonSerializer.Serialize(ids)).Bind(scope);
        var hashes = new Dictionary<string, string>(StringComparer.Ordinal);
        while (row.Step()) hashes[row.Text(0)] = row.Text(1);
        return hashes;
    }

    public static IReadOnlyList<SearchIndexHit> FindNearest(Connection connection, long scope, ReadOnlySpan<float> vector, SearchIndexQuery query)
    {
        var sql = "SELECT document_id, vector FROM documents JOIN vectors USING (key) WHERE scope = ?";
        if (query.DatabaseId is not null) sql += " AND database_id = ?";
        if (query.ItemTypes.Count > 0) sql += " AND item_type IN (SELECT value FROM json_each(?))";
        var statement = connection.Prepare(sql).Bind(scope);
        if (query.DatabaseId is not null) statement.Bind(query.DatabaseId);
        if (query.ItemTypes.Count > 0) statement.Bind(JsonSerializer.Serialize(query.ItemTypes.Select(CatalogRows.TypeOf)));
        var (asked, scores) = (WithLengthOne(vector), new List<(string Id, double Score)>());
        using (var row = statement)
        {
            while (row.Step())
            {
                var kept = MemoryMarshal.Cast<byte, float>(row.Bytes(1));
                if (kept.Length == asked.Length) scores.Add((row.Text(0), Dot(asked, kept)));
            }
        }

        var best = scores.OrderByDescending(score => score.Score).ThenBy(score => score.Id, CodePointComparer.Instance).Take(query.Limit).ToArray();
        var hits = DocumentRows.Get(connection, scope, new() { Ids = [.. best.Select(score => score.Id)], Limit = query.Limit }).ToDictionary(hit => hit.Id, StringComparer.Ordinal);
        return best.Length == 0 ? [] : [.. best.Select(score => hits[score.Id] with { Score = score.Score })];
    }

    private static float[] WithLengthOne(ReadOnlySpan<float> vector)
    {
        var length = MathF.Sqrt(Dot(vector, vector));
        var result = vector.ToArray();
        if (length > 0 && float.IsFinite(length)) foreach (ref var number in result.AsSpan()) number /= length;
        return result;
    }

    /// <summary>Four numbers at a time on every machine: another width would round otherwise.</summary>
    private static float Dot(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        var (sum, index) = (Vector128<float>.Zero, 0);
        for (; index <= left.Length - Vector128<float>.Count; index += Vector128<float>.Count) sum += Vector128.Create(left[index..]) * Vector128.Create(right[index..]);
        var total = Vector128.Sum(sum);
        for (; index < left.Length; index++) total += left[index] * right[index];
        return total;
    }
}
