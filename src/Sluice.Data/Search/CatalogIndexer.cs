using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Sluice.Json;

namespace Sluice.Data.Search;

/// <summary>Makes documents of catalog entries: names taken apart, tables with the names of their columns, columns with that of their table.</summary>
internal sealed class CatalogIndexer
{
    // A change in how documents are made has to make all of them anew.
    private const string Version = "1";

    private readonly ILookup<(string?, string?, string?), CatalogEntry> _columns;
    private readonly Dictionary<(string?, string?, string?), CatalogEntry> _tables = [];
    private readonly Vocabulary _vocabulary;

    /// <summary>Gets ready to index a catalog.</summary>
    /// <param name="entries">All its entries.</param>
    public CatalogIndexer(IReadOnlyList<CatalogEntry> entries)
    {
        _columns = entries.Where(entry => entry.ItemType == CatalogItemType.Column).ToLookup(TableOf);
        foreach (var table in entries.Where(entry => entry.ItemType == CatalogItemType.Table)) _tables.TryAdd(TableOf(table), table);
        _vocabulary = new(entries.SelectMany(WordsOf));
    }

    /// <summary>The document of an entry.</summary>
    public SearchDocument ToDocument(CatalogEntry entry)
    {
        var table = entry.ItemType == CatalogItemType.Table ? null : _tables.GetValueOrDefault(TableOf(entry));
        var parts = entry.ItemType == CatalogItemType.Table
            ? string.Join(' ', _columns[TableOf(entry)].Select(column => column.Name).Prepend(entry.Metadata.SchemaName ?? "").Select(Expand))
            : table is null ? "" : Expand(table.Name);
        var document = new SearchDocument
        {
            Id = entry.Id,
            ItemType = entry.ItemType,
            DatabaseId = entry.Metadata.DatabaseId,
            TableId = table?.Id,
            Hash = "",
            Name = Expand(entry.Name),
            Parts = parts,
            Tags = string.Join(' ', entry.Tags),
            Content = entry.Content,
            Values = ValuesOf(entry),
        };
        return document with { Hash = HashOf(document) };
    }

    /// <summary>A name as it is written, its words, and the words of those that were written together.</summary>
    private string Expand(string name)
    {
        var words = NameWords.Split(name);
        var glued = words.SelectMany(_vocabulary.Split);
        var whole = words.Count > 1 ? string.Concat(words) : null;
        return string.Join(' ', words.Concat(glued).Append(whole).OfType<string>().Distinct(StringComparer.Ordinal));
    }

    private static IEnumerable<string> WordsOf(CatalogEntry entry) =>
        NameWords.Split(entry.Name).Concat(NameWords.Split(entry.Content)).Concat(entry.Tags.SelectMany(NameWords.Split));

    private static (string? DatabaseId, string? SchemaName, string? TableName) TableOf(CatalogEntry entry) => (
        entry.Metadata.DatabaseId, entry.Metadata.SchemaName,
        (entry.Metadata.TableName ?? (entry.ItemType == CatalogItemType.Table ? entry.Name : null))?.ToUpperInvariant());

    /// <summary>The top values that profiling found.</summary>
    private static string ValuesOf(CatalogEntry entry) =>
        entry.Metadata.Profile is { ValueKind: JsonValueKind.Object } profile && profile.TryGetProperty("topValues", out var values) && values.ValueKind == JsonValueKind.Array
            ? string.Join(' ', values.EnumerateArray().Select(value => value.ValueKind == JsonValueKind.Object && value.TryGetProperty("value", out var text) ? text.ToString() : value.ToString()))
            : "";

    private static string HashOf(SearchDocument document) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Version + JsonSerializer.Serialize(document, SluiceJson.Options))).AsSpan(0, 16));
}
