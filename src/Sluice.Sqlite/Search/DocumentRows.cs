using System.Text.Json;
using Sluice.Data;
using Sluice.Sqlite.Catalog;
using Sluice.Sqlite.Connections;

namespace Sluice.Sqlite.Search;

/// <summary>Documents as rows: what they are, and what of them is searched.</summary>
internal static class DocumentRows
{
    // A name says most, and a column's name more of its table than a description does.
    private const string Weights = "6.0, 2.0, 4.0, 1.0, 1.0";

    public static void Put(Connection connection, long scope, SearchDocument document)
    {
        Remove(connection, scope, document.Id);
        connection.Prepare("INSERT INTO documents (scope, document_id, item_type, database_id, table_id, hash) VALUES (?, ?, ?, ?, ?, ?)")
            .Bind(scope).Bind(document.Id).Bind(CatalogRows.TypeOf(document.ItemType)).Bind(document.DatabaseId).Bind(document.TableId).Bind(document.Hash)
            .Execute();
        var key = connection.LastKey;
        connection.Prepare("INSERT INTO words (rowid, name, parts, tags, content, sample_values) VALUES (?, ?, ?, ?, ?, ?)")
            .Bind(key).Bind(document.Name).Bind(document.Parts).Bind(document.Tags).Bind(document.Content).Bind(document.Values).Execute();
        connection.Prepare("INSERT INTO trigrams (rowid, name) VALUES (?, ?)").Bind(key).Bind($"{document.Name} {document.Parts} {document.Tags}").Execute();
    }

    public static bool Remove(Connection connection, long scope, string id)
    {
        long key;
        using (var found = connection.Prepare("SELECT key FROM documents WHERE scope = ? AND document_id = ?").Bind(scope).Bind(id))
        {
            if (!found.Step()) return false;
            key = found.Int64(0);
        }

        connection.Prepare("DELETE FROM documents WHERE key = ?").Bind(key).Execute();
        connection.Prepare("DELETE FROM words WHERE rowid = ?").Bind(key).Execute();
        connection.Prepare("DELETE FROM trigrams WHERE rowid = ?").Bind(key).Execute();
        return true;
    }

    public static List<SearchIndexHit> Find(Connection connection, long scope, SearchIndexQuery query, string match)
    {
        var (table, rank) = query.UseTrigrams ? ("trigrams", "bm25(trigrams)") : ("words", $"bm25(words, {Weights})");
        var sql = $"SELECT document_id, item_type, table_id, {rank} AS score FROM {table} CROSS JOIN documents ON documents.key = {table}.rowid "
            + $"WHERE {table} MATCH ? AND scope = ?";
        if (query.DatabaseId is not null) sql += " AND database_id = ?";
        if (query.ItemTypes.Count > 0) sql += " AND item_type IN (SELECT value FROM json_each(?))";
        var statement = connection.Prepare($"{sql} ORDER BY score, document_id LIMIT ?").Bind(match).Bind(scope);
        if (query.DatabaseId is not null) statement.Bind(query.DatabaseId);
        if (query.ItemTypes.Count > 0) statement.Bind(JsonSerializer.Serialize(query.ItemTypes.Select(CatalogRows.TypeOf)));
        using var row = statement.Bind((long)query.Limit);
        var hits = new List<SearchIndexHit>();
        while (row.Step()) hits.Add(new(row.Text(0), CatalogRows.ReadType(row.Text(1)), row.TextOrNull(2), -row.Double(3)));
        return hits;
    }

    public static List<SearchIndexState> List(Connection connection, long scope, string after, int limit)
    {
        using var row = connection.Prepare("SELECT document_id, hash FROM documents WHERE scope = ? AND document_id > ? ORDER BY document_id LIMIT ?")
            .Bind(scope).Bind(after).Bind((long)limit);
        var states = new List<SearchIndexState>();
        while (row.Step()) states.Add(new(row.Text(0), row.Text(1)));
        return states;
    }
}
