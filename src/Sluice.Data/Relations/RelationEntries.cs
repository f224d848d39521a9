using System.Text.Json;
using Sluice.Data.Schemas;
using Sluice.Json;

namespace Sluice.Data.Relations;

/// <summary>The form of relations in a catalog. The table that refers is in the metadata's own members, the rest in its extra ones.</summary>
internal static class RelationEntries
{
    private const string Columns = "columns";
    private const string ReferencedSchema = "referencedSchema";
    private const string ReferencedTable = "referencedTable";
    private const string ReferencedColumns = "referencedColumns";
    private const string CardinalityKey = "cardinality";
    private const string OrphanRate = "orphanRate";
    private const string Confidence = "confidence";

    public static CatalogEntry ToEntry(Relation relation)
    {
        var extra = new Dictionary<string, JsonElement>(StringComparer.Ordinal)
        {
            [Columns] = Json(relation.FromColumns),
            [ReferencedSchema] = Json(relation.To.Schema),
            [ReferencedTable] = Json(relation.To.Name),
            [ReferencedColumns] = Json(relation.ToColumns),
            [CardinalityKey] = Json(relation.Cardinality),
        };
        if (relation.OrphanRate is { } orphans) extra[OrphanRate] = Json(orphans);
        if (relation.Confidence is { } confidence) extra[Confidence] = Json(confidence);
        return new()
        {
            Id = $"relationship:{relation.Signature}",
            ItemType = CatalogItemType.Relationship,
            Name = $"{relation.From.Name} to {relation.To.Name}",
            QualifiedName = relation.Signature,
            Metadata = new()
            {
                SchemaName = relation.From.Schema,
                TableName = relation.From.Name,
                RelationType = NameOf(relation.Origin),
                Extra = extra,
            },
        };
    }

    /// <summary>The relation of an entry; null when the entry does not say which columns go together.</summary>
    public static Relation? Read(CatalogEntry entry)
    {
        var metadata = entry.Metadata;
        if (entry.ItemType != CatalogItemType.Relationship || metadata.TableName is not { } table) return null;
        if (Text(metadata, ReferencedTable) is not { } referenced) return null;
        var relation = new Relation
        {
            From = new(metadata.SchemaName ?? "", table),
            FromColumns = Texts(metadata, Columns) ?? (metadata.ColumnName is { } column ? [column] : []),
            To = new(Text(metadata, ReferencedSchema) ?? metadata.SchemaName ?? "", referenced),
            ToColumns = Texts(metadata, ReferencedColumns) ?? [],
            Origin = metadata.RelationType switch
            {
                "declared" => RelationOrigin.Declared,
                "inferred" => RelationOrigin.Inferred,
                _ => RelationOrigin.Authored,
            },
            Cardinality = Text(metadata, CardinalityKey) switch
            {
                "one_to_one" => Cardinality.OneToOne,
                "one_to_many" => Cardinality.OneToMany,
                "many_to_many" => Cardinality.ManyToMany,
                _ => Cardinality.ManyToOne,
            },
            OrphanRate = Share(metadata, OrphanRate),
            Confidence = Share(metadata, Confidence),
        };
        return relation.IsJoinable ? relation : null;
    }

    /// <summary>An origin or cardinality as it is written.</summary>
    public static string NameOf<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    private static JsonElement Json<T>(T value) => JsonSerializer.SerializeToElement(value, SluiceJson.Options);

    private static JsonElement? Find(CatalogMetadata metadata, string key) =>
        metadata.Extra.TryGetValue(key, out var value) || metadata.Extra.TryGetValue(JsonNamingPolicy.SnakeCaseLower.ConvertName(key), out value) ? value : null;

    private static string? Text(CatalogMetadata metadata, string key) =>
        Find(metadata, key) is { ValueKind: JsonValueKind.String } value && value.GetString() is { Length: > 0 } text ? text : null;

    private static string[]? Texts(CatalogMetadata metadata, string key) =>
        Find(metadata, key) is { ValueKind: JsonValueKind.Array } value && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)
            ? [.. value.EnumerateArray().Select(item => item.GetString()!)]
            : null;

    private static double? Share(CatalogMetadata metadata, string key) =>
        Find(metadata, key) is { ValueKind: JsonValueKind.Number } value && value.TryGetDouble(out var share) && share is >= 0 and <= 1 ? share : null;
}
