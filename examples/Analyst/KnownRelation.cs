using System.Text.Json;
using Sluice.Data;

namespace Analyst;

/// <summary>A relation of one column to another table, of which several rows may refer to the same one.</summary>
internal sealed record KnownRelation(string Schema, string Table, string Column, string ReferencedSchema, string ReferencedTable, string ReferencedColumn, bool IsDeclared)
{
    public string From => $"{Schema}.{Table}";

    public string To => $"{ReferencedSchema}.{ReferencedTable}";

    /// <summary>The relation of an entry; null when it is over several columns, or one to one.</summary>
    public static KnownRelation? Of(CatalogEntry entry)
    {
        var extra = entry.Metadata.Extra;
        if (OnlyOne("columns") is not { } column || OnlyOne("referencedColumns") is not { } referencedColumn || Text("referencedTable") is not { } table) return null;
        if (Text("cardinality") is { } cardinality && cardinality != "many_to_one") return null;
        var schema = entry.Metadata.SchemaName ?? "";
        return new(schema, entry.Metadata.TableName ?? "", column, Text("referencedSchema") ?? schema, table, referencedColumn, entry.Metadata.RelationType == "declared");

        string? OnlyOne(string name) =>
            extra.TryGetValue(name, out var value) && value is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() == 1 ? list[0].GetString() : null;
        string? Text(string name) => extra.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
    }
}
