using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Sluice.Data.Relations;
using Sluice.Json;

namespace Sluice.Data.Search.Documents;

/// <summary>
/// Makes documents of entries. One depends on its entry alone, a table's on its columns and enum values too: so that a write renews no others, and what two
/// processes make is the same.
/// </summary>
internal sealed class DocumentMaker
{
    // A change in how documents are made makes all of them anew.
    private const string Version = "2";

    private const int MostValues = 50;
    private const int MostValueCharacters = 60;

    // Names of schemas that everybody has say nothing.
    private static readonly string[] UsualSchemas = ["main", "public", "dbo"];

    private readonly ILookup<string?, CatalogEntry> _columns;
    private readonly ILookup<(string?, string?), string> _enumValues;

    /// <summary>Gets ready.</summary>
    /// <param name="entries">The entries; of tables that documents are made of, all columns and enum values.</param>
    public DocumentMaker(IReadOnlyCollection<CatalogEntry> entries)
    {
        _columns = entries.Where(entry => entry.ItemType == CatalogItemType.Column).OrderBy(OrdinalOf).ThenBy(entry => entry.Id, StringComparer.Ordinal).ToLookup(TableNames.KeyOf);
        _enumValues = entries.Where(entry => entry.ItemType == CatalogItemType.EnumValue).OrderBy(entry => entry.Id, StringComparer.Ordinal).ToLookup(ColumnOf, EnumValueOf);
    }

    /// <summary>The document of an entry.</summary>
    public SearchDocument Make(CatalogEntry entry)
    {
        var document = new SearchDocument
        {
            Id = entry.Id,
            ItemType = entry.ItemType,
            DatabaseId = entry.Metadata.DatabaseId,
            Table = TableNames.KeyOf(entry),
            OtherTable = RelationEntries.Read(entry) is { } relation ? TableNames.Key(entry.Metadata.DatabaseId, relation.To.Schema, relation.To.Name) : null,
            Hash = "",
            EntryName = entry.Name,
            QualifiedName = entry.QualifiedName,
            Name = NameWords.Normalize(entry.Name),
            Tags = Lines(entry.Tags),
            Content = NameWords.Normalize(entry.Content),
            Values = ValuesOf(entry),
            Parts = entry.ItemType == CatalogItemType.Table ? "" : NameWords.Normalize(entry.Metadata.TableName ?? ""),
        };
        if (entry.ItemType == CatalogItemType.Table) document = WithColumns(document, entry);
        return document with { Hash = HashOf(document) };
    }

    /// <summary>A table is found by what its columns are called, mean and hold, and by the schema's name, which stands in the first line.</summary>
    private SearchDocument WithColumns(SearchDocument document, CatalogEntry table)
    {
        var columns = _columns[document.Table].ToArray();
        var schema = table.Metadata.SchemaName is { } name && !UsualSchemas.Contains(name, StringComparer.OrdinalIgnoreCase) ? NameWords.Normalize(name) : "";
        return document with
        {
            Parts = string.Join('\n', columns.Select(NamesOf).Prepend(schema)),
            Content = string.Join('\n', columns.Select(column => NameWords.Normalize(column.Content)).Where(text => text.Length > 0).Prepend(document.Content)),
            Values = string.Join('\n', columns.Select(ValuesOf).Where(text => text.Length > 0)),
        };
    }

    private static string NamesOf(CatalogEntry column) => column.Tags.Count == 0
        ? NameWords.Normalize(column.Name) : $"{NameWords.Normalize(column.Name)} {Lines(column.Tags).Replace('\n', ' ')}";

    private static string Lines(IEnumerable<string> texts) => string.Join('\n', texts.Select(NameWords.Normalize).Where(text => text.Length > 0));

    private static int OrdinalOf(CatalogEntry column) =>
        column.Metadata.Extra.TryGetValue("ordinal", out var ordinal) && ordinal.ValueKind == JsonValueKind.Number && ordinal.TryGetInt32(out var number) ? number : int.MaxValue;

    /// <summary>The values that a column is known to have: those that profiling found most, and those that are entries themselves. Numbers say nothing.</summary>
    private string ValuesOf(CatalogEntry entry)
    {
        if (entry.ItemType == CatalogItemType.EnumValue) return NameWords.Normalize(EnumValueOf(entry));
        if (entry.ItemType != CatalogItemType.Column) return "";
        var values = TopValuesOf(entry).Concat(_enumValues[ColumnOf(entry)]).Where(text => text.Any(char.IsLetter)).Distinct(StringComparer.Ordinal).Take(MostValues);
        return Lines(values.Select(text => text.Length > MostValueCharacters ? text[..MostValueCharacters] : text)).Replace('\n', ' ');
    }

    private static IEnumerable<string> TopValuesOf(CatalogEntry column) =>
        column.Metadata.Profile is { ValueKind: JsonValueKind.Object } profile && profile.TryGetProperty("topValues", out var values) && values.ValueKind == JsonValueKind.Array
            ? values.EnumerateArray().Select(TextOf) : [];

    private static (string?, string?) ColumnOf(CatalogEntry entry) =>
        (TableNames.KeyOf(entry), (entry.Metadata.ColumnName ?? (entry.ItemType == CatalogItemType.Column ? entry.Name : null))?.ToUpperInvariant());

    /// <summary>What stands behind the column's name: <c>main.Track.Kind=value</c>.</summary>
    private static string EnumValueOf(CatalogEntry entry) =>
        entry.Metadata.ColumnName is { } column && entry.QualifiedName.IndexOf($".{column}=", StringComparison.OrdinalIgnoreCase) is >= 0 and var start
            ? entry.QualifiedName[(start + column.Length + 2)..] : entry.Name;

    private static string TextOf(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object ? value.TryGetProperty("value", out var inner) ? inner.ToString() : "" : value.ToString();

    private static string HashOf(SearchDocument document) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Version + JsonSerializer.Serialize(document, SluiceJson.Options))).AsSpan(0, 16));
}
