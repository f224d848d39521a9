using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Sluice.Data.Relations;
using Sluice.Json;

namespace Sluice.Data.Search.Documents;

/// <summary>
/// Makes documents of entries. One depends on its entry alone, a table's on its columns too: so that a write renews no others, and what two
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

    /// <summary>Gets ready.</summary>
    /// <param name="entries">The entries; of tables that documents are made of, all columns.</param>
    public DocumentMaker(IEnumerable<CatalogEntry> entries) =>
        _columns = entries.Where(entry => entry.ItemType == CatalogItemType.Column).OrderBy(OrdinalOf).ThenBy(entry => entry.Id, StringComparer.Ordinal).ToLookup(TableNames.KeyOf);

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

    /// <summary>The top values that profiling found, or the value that the entry stands for. Numbers say nothing.</summary>
    private static string ValuesOf(CatalogEntry entry)
    {
        if (entry.Metadata.Profile is not { ValueKind: JsonValueKind.Object } profile) return "";
        if (!profile.TryGetProperty("topValues", out var values) || values.ValueKind != JsonValueKind.Array) return "";
        return Lines(values.EnumerateArray().Take(MostValues).Select(TextOf).Where(text => text.Any(char.IsLetter))
            .Select(text => text.Length > MostValueCharacters ? text[..MostValueCharacters] : text)).Replace('\n', ' ');
    }

    private static string TextOf(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object ? value.TryGetProperty("value", out var inner) ? inner.ToString() : "" : value.ToString();

    private static string HashOf(SearchDocument document) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Version + JsonSerializer.Serialize(document, SluiceJson.Options))).AsSpan(0, 16));
}
