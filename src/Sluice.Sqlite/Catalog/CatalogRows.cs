using System.Text.Json;
using Sluice.Data;
using Sluice.Sqlite.Connections;

namespace Sluice.Sqlite.Catalog;

/// <summary>Entries as rows.</summary>
internal static class CatalogRows
{
    private const string Put = """
        INSERT INTO catalog_entries
            (scope, entry_id, item_type, qualified_name, name, folded_name, database_id, folded_table, document_id, content)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
        ON CONFLICT (scope, entry_id) DO UPDATE SET
            item_type = ?3, qualified_name = ?4, name = ?5, folded_name = ?6, database_id = ?7, folded_table = ?8, document_id = ?9, content = ?10
        """;

    // The list leads, so that its order is the result's and each of its texts is one look into an index.
    private const string ByIds = """
        SELECT content FROM json_each(?1) AS asked CROSS JOIN catalog_entries ON scope = ?2 AND entry_id = asked.value ORDER BY asked.key
        """;

    private const string ByNames = """
        SELECT content FROM json_each(?1) AS asked CROSS JOIN catalog_entries INDEXED BY catalog_by_name ON scope = ?2 AND folded_name = asked.value
        ORDER BY asked.key, entry_id
        """;

    private static readonly Dictionary<CatalogItemType, string> Types =
        Enum.GetValues<CatalogItemType>().ToDictionary(type => type, type => JsonSerializer.SerializeToElement(type).GetString()!);

    public static string Fold(string text) => text.ToUpperInvariant();

    /// <summary>The item type as it is written; one that there is none of is found nowhere.</summary>
    public static string TypeOf(CatalogItemType type) => Types.GetValueOrDefault(type, "");

    public static List<CatalogEntry> Get(Connection connection, long scope, string ids) => ReadAll(connection, ByIds, scope, ids);

    public static List<CatalogEntry> Find(Connection connection, long scope, string foldedNames) => ReadAll(connection, ByNames, scope, foldedNames);

    public static void Upsert(Connection connection, long scope, CatalogEntry entry, byte[] content) => connection.Prepare(Put)
        .Bind(scope).Bind(entry.Id).Bind(TypeOf(entry.ItemType)).Bind(entry.QualifiedName).Bind(entry.Name).Bind(Fold(entry.QualifiedName))
        .Bind(entry.Metadata.DatabaseId).Bind(entry.Metadata.TableName is { } table ? Fold(table) : null).Bind(entry.Metadata.DocumentId)
        .Bind(content).Execute();

    public static int Remove(Connection connection, long scope, string id) =>
        connection.Prepare("DELETE FROM catalog_entries WHERE scope = ? AND entry_id = ?").Bind(scope).Bind(id).Execute();

    public static CatalogEntry Read(Statement row) => StoredJson.Read<CatalogEntry>(row.Bytes(0));

    private static List<CatalogEntry> ReadAll(Connection connection, string sql, long scope, string asked)
    {
        using var row = connection.Prepare(sql).Bind(asked).Bind(scope);
        var entries = new List<CatalogEntry>();
        while (row.Step()) entries.Add(Read(row));
        return entries;
    }
}
