using System.Text;
using System.Text.Json;
using Sluice.Data.Knowledge.Extracting;
using Sluice.Data.Knowledge.Linking;
using Sluice.Data.Knowledge.Reading;
using Sluice.Json;

namespace Sluice.Data.Knowledge;

/// <summary>The entries of one document: its own, those of its parts, and those of the statements in it. The same document has the same entries.</summary>
internal sealed class DocumentEntries
{
    public const string PartOf = "part_of";
    public const string ExtractedFrom = "extracted_from";
    public const string AppliesTo = "applies_to";

    private const int LongestName = 100;
    private const int LongestLead = 600;
    private const int LongestOutline = 2000;

    private readonly string _databaseId;
    private readonly ParsedDocument _document;
    private readonly TargetNames _names;

    public DocumentEntries(string databaseId, ParsedDocument document, TargetNames names)
    {
        (_databaseId, _document, _names) = (databaseId, document, names);
        Id = DocumentIds.OfDocument(databaseId, document.Path);
        Body = Encoding.UTF8.GetBytes(document.Text);
        BodyId = DocumentIds.OfBody(Id, Body);
    }

    /// <summary>The id of the document's entry.</summary>
    public string Id { get; }

    /// <summary>The text as it is stored.</summary>
    public byte[] Body { get; }

    public string BodyId { get; }

    /// <summary>The number of parts that have entries of their own.</summary>
    public int Parts => _document.IsSplit ? _document.Parts.Count : 0;

    /// <summary>Makes the entries.</summary>
    /// <param name="targets">The ids of what the document is said to apply to.</param>
    /// <param name="extraction">What was extracted from it; null when nobody tried.</param>
    public IReadOnlyList<CatalogEntry> Build(IEnumerable<string> targets, Extraction? extraction)
    {
        var ofParts = _document.Parts.Select(part => Mentions.Of(_document, part, _names)).ToArray();
        // What a long document says of columns is found by its parts, of which it may have thousands.
        var found = ofParts.SelectMany(ids => ids).Where(id => !_document.IsSplit || _names.IsTable(id));
        var parts = _document.IsSplit ? _document.Parts.Select((part, index) => OfPart(part, index, ofParts[index])) : [];
        return [OfDocument(targets.Concat(found), extraction), .. parts, .. extraction?.Statements.Select(OfStatement) ?? []];
    }

    private CatalogEntry OfDocument(IEnumerable<string> targets, Extraction? extraction) => new()
    {
        Id = Id,
        ItemType = CatalogItemType.Document,
        Name = _document.Title,
        QualifiedName = _document.Path,
        Content = _document.IsSplit ? LeadAndOutline() : _document.TextOf(_document.Parts[0]),
        Tags = _document.FrontMatter.Tags,
        Related = Applying(targets),
        Metadata = Metadata(new()
        {
            [DocumentFacts.Path] = _document.Path,
            [DocumentFacts.Format] = _document.IsMarkdown ? "markdown" : "text",
            [DocumentFacts.Length] = _document.Text.Length,
            [DocumentFacts.Parts] = Parts,
            [DocumentFacts.Extraction] = extraction is null ? null : new { bodyId = extraction.BodyId, dropped = extraction.Dropped },
        }),
    };

    private CatalogEntry OfPart(DocumentPart part, int index, IEnumerable<string> targets)
    {
        var name = part.Headings.Count > 0 && part.Headings[^1].Length > 0 ? part.Headings[^1] : null;
        return new()
        {
            Id = DocumentIds.OfPart(Id, index + 1),
            ItemType = CatalogItemType.Document,
            Name = name ?? _document.Title,
            QualifiedName = $"{_document.Path}#{name ?? $"{index + 1}"}",
            Content = _document.TextOf(part),
            Related = [new(Id, PartOf), .. Applying(targets)],
            Metadata = Metadata(new()
            {
                [DocumentFacts.Headings] = part.Headings,
                [DocumentFacts.Offset] = part.Start,
                [DocumentFacts.Length] = part.Length,
            }),
        };
    }

    private CatalogEntry OfStatement(Statement statement, int index) => new()
    {
        Id = DocumentIds.OfKnowledge(Id, index + 1),
        ItemType = CatalogItemType.Knowledge,
        Name = Excerpts.OneLine(statement.Text, LongestName),
        QualifiedName = $"{_document.Path}#{index + 1}",
        Content = statement.Text,
        Related =
        [
            new(Id, ExtractedFrom),
            .. Applying(statement.AppliesTo.Select(_names.Resolve).OfType<string>().Concat(Mentions.Of(statement.Text, _names))),
        ],
        Metadata = Metadata(new()
        {
            [DocumentFacts.Kind] = statement.Kind,
            [DocumentFacts.AppliesTo] = statement.AppliesTo,
            [DocumentFacts.Quote] = statement.Quote,
            [DocumentFacts.Offset] = statement.Offset,
            [DocumentFacts.Length] = statement.Quote.Length,
            [DocumentFacts.Source] = "model",
            [DocumentFacts.Model] = statement.Model,
        }),
    };

    private static IReadOnlyList<CatalogReference> Applying(IEnumerable<string> ids) =>
        [.. ids.Distinct(StringComparer.Ordinal).Order(CodePointComparer.Instance).Select(id => new CatalogReference(id, AppliesTo))];

    private CatalogMetadata Metadata(Dictionary<string, object?> facts)
    {
        facts[DocumentFacts.Untrusted] = true;
        return new()
        {
            DatabaseId = _databaseId,
            DocumentId = BodyId,
            Extra = facts.Where(fact => fact.Value is not null)
                .ToDictionary(fact => fact.Key, fact => JsonSerializer.SerializeToElement(fact.Value, SluiceJson.Options), StringComparer.Ordinal),
        };
    }

    private string LeadAndOutline()
    {
        var lead = Excerpts.Cut(_document.TextOf(_document.Parts[0]), LongestLead);
        var headings = _document.Blocks.Where(block => block.Heading is { Length: > 0 }).Select(block => block.Heading).Distinct(StringComparer.Ordinal);
        var outline = new StringBuilder();
        foreach (var heading in headings.TakeWhile(_ => outline.Length < LongestOutline)) outline.Append(outline.Length == 0 ? "" : "; ").Append(heading);
        return outline.Length == 0 ? lead : $"{lead}\n\nSections: {outline}";
    }
}
