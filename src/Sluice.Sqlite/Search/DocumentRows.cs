using System.Text.Json;
using Sluice.Data;
using Sluice.Sqlite.Catalog;
using Sluice.Sqlite.Connections;

namespace Sluice.Sqlite.Search;

/// <summary>Documents as rows: what they are, and what of them is searched.</summary>
internal static class DocumentRows
{
    private const string Columns =
        "document_id, item_type, database_id, table_key, other_table_key, name, substr(parts, 1, 4000), substr(tags, 1, 4000), substr(content, 1, 4000), substr(sample_values, 1, 4000)";

    // The index sorts by itself and hands out the best alone, so that only these are joined.
    private const string Best =
        $"SELECT {Columns}, rank, scope FROM words CROSS JOIN documents ON documents.key = words.rowid WHERE words MATCH ? ORDER BY rank LIMIT ?";

    // Where many rank alike, which of them come is decided by id.
    private const string BestById = $"""
        SELECT {Columns}, score, scope FROM
            (SELECT words.rowid AS found, rank AS score FROM words CROSS JOIN documents ON documents.key = words.rowid WHERE words MATCH ?
             ORDER BY rank, document_id LIMIT ?)
        CROSS JOIN words ON words.rowid = found CROSS JOIN documents ON documents.key = found ORDER BY score, document_id
        """;

    private const string ById = "documents_by_id";

    public static void Put(Connection connection, long scope, SearchDocument document)
    {
        // Most are new: only those that are not have to be looked up first.
        if (!Insert(connection, scope, document))
        {
            Remove(connection, scope, document.Id);
            Insert(connection, scope, document);
        }

        connection.Prepare("INSERT INTO words (rowid, name, parts, tags, content, sample_values, facets) VALUES (?, ?, ?, ?, ?, ?, ?)")
            .Bind(connection.LastKey).Bind(document.Name).Bind(document.Parts).Bind(document.Tags).Bind(document.Content).Bind(document.Values)
            .Bind(Facets.Of(scope, document.ItemType, document.DatabaseId)).Execute();
    }

    private static bool Insert(Connection connection, long scope, SearchDocument document)
    {
        var isNamed = document.ItemType is not (CatalogItemType.EnumValue or CatalogItemType.DataQualityFinding);
        return connection.Prepare(
            "INSERT INTO documents (scope, document_id, item_type, database_id, table_key, other_table_key, folded_name, folded_qualified_name, hash) "
            + "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
            .Bind(scope).Bind(document.Id).Bind(CatalogRows.TypeOf(document.ItemType)).Bind(document.DatabaseId).Bind(document.Table).Bind(document.OtherTable)
            .Bind(isNamed ? CatalogRows.Fold(document.EntryName) : null).Bind(isNamed ? CatalogRows.Fold(document.QualifiedName) : null).Bind(document.Hash).Execute() > 0;
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
        connection.Prepare("DELETE FROM vectors WHERE key = ?").Bind(key).Execute();
        return true;
    }

    public static IReadOnlyList<SearchIndexHit> Find(Connection connection, long scope, SearchIndexQuery query, string terms)
    {
        var match = $"facets : {Facets.Match(scope, query.ItemTypes, query.DatabaseId)} AND ({terms})";
        var hits = Read(connection.Prepare(Best).Bind(match).Bind(query.Limit + 1L), scope, query.DatabaseId);
        if (hits.Count <= query.Limit) return Sort(hits);
        if (hits[^1].Score < hits[^2].Score) return Sort(hits[..^1]);
        return Read(connection.Prepare(BestById).Bind(match).Bind((long)query.Limit), scope, query.DatabaseId);
    }

    public static List<SearchIndexHit> Get(Connection connection, long scope, SearchIndexFilter filter)
    {
        var hits = new List<SearchIndexHit>();
        foreach (var condition in ConditionsOf(filter))
        {
            var sql = $"SELECT {Columns}, 0.0, scope FROM documents INDEXED BY {condition.Index} CROSS JOIN words ON words.rowid = documents.key WHERE scope = ? AND {condition.Sql}";
            if (filter.DatabaseId is not null) sql += " AND database_id = ?";
            var isOfTables = filter.ItemTypes is [CatalogItemType.Table];
            if (isOfTables) sql += " AND item_type = 'table'";
            else if (filter.ItemTypes.Count > 0) sql += " AND item_type IN (SELECT value FROM json_each(?))";
            var statement = connection.Prepare($"{sql} ORDER BY document_id LIMIT ?").Bind(scope);
            if (condition.Value is not null) statement.Bind(condition.Value);
            if (filter.DatabaseId is not null) statement.Bind(filter.DatabaseId);
            if (filter.ItemTypes.Count > 0 && !isOfTables) statement.Bind(JsonSerializer.Serialize(filter.ItemTypes.Select(CatalogRows.TypeOf)));
            hits.AddRange(Read(statement.Bind((long)filter.Limit), scope, filter.DatabaseId));
        }

        return [.. hits.DistinctBy(hit => hit.Id).OrderBy(hit => hit.Id, CodePointComparer.Instance).Take(filter.Limit)];
    }

    public static List<SearchIndexState> List(Connection connection, long scope, string after, int limit)
    {
        using var row = connection.Prepare("SELECT document_id, hash FROM documents WHERE scope = ? AND document_id > ? ORDER BY document_id LIMIT ?")
            .Bind(scope).Bind(after).Bind((long)limit);
        var states = new List<SearchIndexState>();
        while (row.Step()) states.Add(new(row.Text(0), row.Text(1)));
        return states;
    }

    /// <summary>Each is looked up along an index of its own, which is named: SQLite may prefer the one that saves a sort, and read the whole scope.</summary>
    private static IEnumerable<(string Index, string Sql, string? Value)> ConditionsOf(SearchIndexFilter filter)
    {
        static string Json(IEnumerable<string> texts) => JsonSerializer.Serialize(texts);
        const string among = "IN (SELECT value FROM json_each(?))";
        if (filter.Ids.Count > 0) yield return (ById, $"document_id {among}", Json(filter.Ids));
        if (filter.Names.Count > 0)
        {
            var names = Json(filter.Names.Where(DataArguments.IsText).Select(CatalogRows.Fold));
            yield return ("documents_by_name", $"folded_name {among}", names);
            yield return ("documents_by_qualified_name", $"folded_qualified_name {among}", names);
        }

        if (filter.Tables.Count > 0)
        {
            yield return ("documents_by_table", $"table_key {among}", Json(filter.Tables));
            yield return ("documents_by_other_table", $"other_table_key {among}", Json(filter.Tables));
        }

        if (filter.Ids.Count + filter.Names.Count + filter.Tables.Count == 0) yield return (filter.ItemTypes is [CatalogItemType.Table] ? "documents_of_tables" : ById, "TRUE", null);
    }

    private static List<SearchIndexHit> Read(Statement statement, long scope, string? databaseId)
    {
        using var row = statement;
        var hits = new List<SearchIndexHit>();
        while (row.Step())
        {
            // A facet is a hash, and the row says whose it is.
            if (row.Int64(11) == scope && ToHit(row) is var hit && (databaseId is null || hit.DatabaseId == databaseId)) hits.Add(hit);
        }

        return hits;
    }

    private static SearchIndexHit ToHit(Statement row) => new()
    {
        Id = row.Text(0),
        ItemType = CatalogRows.ReadType(row.Text(1)),
        DatabaseId = row.TextOrNull(2),
        Table = row.TextOrNull(3),
        OtherTable = row.TextOrNull(4),
        Name = row.Text(5),
        Parts = row.Text(6),
        Tags = row.Text(7),
        Content = row.Text(8),
        Values = row.Text(9),
        Score = -row.Double(10),
    };

    private static List<SearchIndexHit> Sort(List<SearchIndexHit> hits) =>
        [.. hits.OrderByDescending(hit => hit.Score).ThenBy(hit => hit.Id, CodePointComparer.Instance)];
}
