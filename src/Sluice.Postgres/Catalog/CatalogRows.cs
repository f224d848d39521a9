using Npgsql;
using Sluice.Data;
using Sluice.Postgres.Connections;

namespace Sluice.Postgres.Catalog;

/// <summary>Entries as rows. Long texts are found by their beginnings, which the indexes have, and then compared whole.</summary>
internal static class CatalogRows
{
    private const string ByIds = """
        select content from unnest($3) with ordinality as asked (id, place)
        join catalog_entries on tenant = $1 and scope = $2 and entry_id = asked.id order by asked.place
        """;

    private const string ByNames = """
        with asked as materialized (select name, left(name, 200) as start, place from unnest($3) with ordinality as given (name, place))
        select content from asked
        join catalog_entries as entry on entry.tenant = $1 and entry.scope = $2 and entry.folded_start = asked.start and entry.folded_name = asked.name
        order by asked.place, entry.entry_id
        """;

    // Rows are locked in the order of their ids, here and below, so that no two writers wait for each other.
    private const string Put = """
        insert into catalog_entries
            (tenant, scope, workspace, entry_id, item_type, qualified_name, name, folded_name, database_id, folded_table, document_id, content)
        select $1, $2, $3, entry.* from unnest($4, $5, $6, $7, $8, $9, $10, $11, $12)
            as entry (id, item_type, qualified_name, name, folded_name, database_id, folded_table, document_id, content)
        order by entry.id collate "C"
        on conflict (scope, entry_id) do update set
            item_type = excluded.item_type, qualified_name = excluded.qualified_name, name = excluded.name, folded_name = excluded.folded_name,
            database_id = excluded.database_id, folded_table = excluded.folded_table, document_id = excluded.document_id, content = excluded.content
        """;

    private const string Delete = """
        with doomed as (
            select entry_id from catalog_entries where tenant = $1 and scope = $2 and entry_id = any ($3) order by entry_id for update)
        delete from catalog_entries as entry using doomed where entry.tenant = $1 and entry.scope = $2 and entry.entry_id = doomed.entry_id
        """;

    public static Statement Get(byte[] scope, string[] ids) => new(ByIds, scope, ids);

    public static Statement Find(byte[] scope, string[] foldedNames) => new(ByNames, scope, foldedNames);

    public static Statement Upsert(byte[] scope, string workspace, IReadOnlyList<CatalogEntry> entries)
    {
        return new(
            Put, scope, workspace, Texts(entry => entry.Id), Texts(entry => TypeOf(entry.ItemType)), Texts(entry => entry.QualifiedName), Texts(entry => entry.Name),
            Texts(entry => Fold(entry.QualifiedName)), Texts(entry => entry.Metadata.DatabaseId),
            Texts(entry => entry.Metadata.TableName is { } table ? Fold(table) : null), Texts(entry => entry.Metadata.DocumentId), Texts(StoredJson.Write));

        string?[] Texts(Func<CatalogEntry, string?> textOf) => [.. entries.Select(textOf)];
    }

    public static Statement Remove(byte[] scope, string[] ids) => new(Delete, scope, ids);

    /// <summary>A text as it is compared without case.</summary>
    public static string Fold(string text) => text.ToUpperInvariant();

    /// <summary>The item type as it is written; one that there is none of is found nowhere.</summary>
    public static string TypeOf(CatalogItemType type) => Enum.IsDefined(type) ? WireName<CatalogItemType>.Of(type) : "";

    public static CatalogEntry Read(NpgsqlDataReader row) => StoredJson.Read<CatalogEntry>(row.GetFieldValue<byte[]>(0));
}
