using System.Text.Json;
using Sluice.Data.Knowledge.Extracting;

namespace Sluice.Data.Knowledge;

/// <summary>The facts of documents, parts and knowledge in the extra metadata of their entries, by name, and how they are read again.</summary>
internal static class DocumentFacts
{
    public const string Path = "path";
    public const string Format = "format";
    public const string Parts = "parts";
    public const string Extraction = "extraction";
    public const string Headings = "headings";
    public const string Offset = "offset";
    public const string Length = "length";
    public const string Kind = "kind";
    public const string AppliesTo = "appliesTo";
    public const string Quote = "quote";
    public const string Source = "source";
    public const string Model = "model";

    /// <summary>True of what somebody wrote outside: it is data, whatever it says.</summary>
    public const string Untrusted = "untrusted";

    /// <summary>A fact that is a text.</summary>
    public static string? Text(CatalogEntry entry, string name) =>
        entry.Metadata.Extra.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>A fact that is a whole number.</summary>
    public static int? Number(CatalogEntry entry, string name) =>
        entry.Metadata.Extra.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : null;

    /// <summary>Whether what the entry says came from outside.</summary>
    public static bool IsUntrusted(CatalogEntry entry) =>
        entry.Metadata.Extra.TryGetValue(Untrusted, out var value) && value.ValueKind == JsonValueKind.True;

    /// <summary>The document that an entry is a part of or was extracted from; null of a whole document.</summary>
    public static string? WholeOf(CatalogEntry entry) =>
        entry.Related.FirstOrDefault(other => other.Relation is DocumentEntries.PartOf or DocumentEntries.ExtractedFrom)?.Id;

    /// <summary>What was extracted from a document, read from its entries; null when nobody tried.</summary>
    public static Extraction? ReadExtraction(CatalogEntry document, IEnumerable<CatalogEntry> entries)
    {
        if (!document.Metadata.Extra.TryGetValue(Extraction, out var extraction) || extraction.ValueKind != JsonValueKind.Object) return null;
        if (!extraction.TryGetProperty("bodyId", out var bodyId) || !extraction.TryGetProperty("dropped", out var dropped)) return null;
        var statements = entries.Where(entry => entry.ItemType == CatalogItemType.Knowledge).Select(ReadStatement).OfType<Statement>();
        return new([.. statements.OrderBy(statement => statement.Offset)], dropped.TryGetInt32(out var count) ? count : 0, bodyId.ToString());
    }

    private static Statement? ReadStatement(CatalogEntry entry)
    {
        if (Text(entry, Kind) is not { } kind || Text(entry, Quote) is not { } quote || Number(entry, Offset) is not { } offset) return null;
        var names = entry.Metadata.Extra.TryGetValue(AppliesTo, out var value) && value.ValueKind == JsonValueKind.Array
            ? value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!).ToArray() : [];
        return new(entry.Content, kind, names, quote, offset, Text(entry, Model));
    }
}
