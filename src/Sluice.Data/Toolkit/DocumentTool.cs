using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text;
using System.Text.Json;
using Sluice.Data.Knowledge;

namespace Sluice.Data.Toolkit;

/// <summary>Reads a document, page by page.</summary>
internal sealed class DocumentTool(OpenDataEnvironment environment)
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    public ToolSpec Create() => ToolSpec.FromHandler<Arguments, JsonElement>(
        "get_document",
        "Reads the text of a document by the id of its catalog entry, or of one of its parts, which begins there. offset and limit count characters. "
        + "Read on with nextOffset.",
        InvokeAsync) with
    { Effect = ToolEffect.ReadOnly };

    private async Task<JsonElement> InvokeAsync(Arguments arguments, ToolContext context)
    {
        var reader = CatalogReader.For(environment, context);
        var entry = await environment.Catalog.GetAsync(reader.Scope, [arguments.Id], context.CancellationToken).ConfigureAwait(false) is [var known, ..] ? known : null;
        var key = DocumentKeys.Of(entry?.Metadata.DocumentId ?? arguments.Id);
        var body = key.Length <= DataArguments.MostCharacters && DataArguments.IsText(key)
            ? await environment.KeyValue.GetAsync(reader.Scope, key, context.CancellationToken).ConfigureAwait(false) : null;
        if (body is null)
            throw entry is null ? await UnknownAsync(reader, arguments.Id).ConfigureAwait(false) : WithoutText(entry);
        var text = Decode(body, arguments.Id);
        var (first, last) = RangeOf(entry, text.Length);
        var start = first + Math.Min(arguments.Offset, last - first);
        if (SplitsPair(text, start)) start--;
        var end = start + Math.Min(arguments.Limit, last - start);
        // Half a character is none, and a page holds at least one.
        if (SplitsPair(text, end)) end += end - start > 1 ? -1 : 1;
        return CompactJson.Of(new
        {
            id = arguments.Id,
            // What a document calls itself is part of its text.
            title = entry is null || DocumentFacts.IsUntrusted(entry) ? null : entry.Name,
            document = entry is null || DocumentFacts.WholeOf(entry) is not { } whole ? null
                : new { id = whole, offset = DocumentFacts.Number(entry, DocumentFacts.Offset), total = text.Length },
            total = last - first,
            offset = start - first,
            nextOffset = end < last ? end - first : (int?)null,
            note = CompactJson.UntrustedNote,
            untrustedData = text[start..end],
        });
    }

    /// <summary>What of the text an entry stands for: a part has its own stretch, anything else the whole.</summary>
    private static (int First, int Last) RangeOf(CatalogEntry? entry, int total)
    {
        var isPart = entry is { ItemType: CatalogItemType.Document } && DocumentFacts.WholeOf(entry) is not null;
        if (!isPart || DocumentFacts.Number(entry!, DocumentFacts.Offset) is not { } offset) return (0, total);
        var first = Math.Clamp(offset, 0, total);
        return (first, first + Math.Clamp(DocumentFacts.Number(entry!, DocumentFacts.Length) ?? total, 0, total - first));
    }

    private static string Decode(byte[] body, string id)
    {
        try
        {
            return Strict.GetString(body);
        }
        catch (DecoderFallbackException exception)
        {
            throw new SluiceException(ErrorCodes.InvalidResult, $"Document '{id}' is no text in UTF-8, and cannot be read here.", exception);
        }
    }

    private static async Task<SluiceException> UnknownAsync(CatalogReader reader, string id)
    {
        var documents = (await reader.ListAsync(new() { ItemTypes = [CatalogItemType.Document] }).ConfigureAwait(false))
            .Where(entry => DocumentFacts.WholeOf(entry) is null).ToArray();
        var near = NearestDocuments.Find(id, documents).Select(document => $"'{document.Id}'").ToArray();
        var hint = near.Length == 0 ? "Pass the id of a catalog entry of type document." : $"Did you mean {string.Join(" or ", near)}?";
        return new(ErrorCodes.UnknownCatalogEntry, $"There is no document '{id}'. {hint}");
    }

    private static SluiceException WithoutText(CatalogEntry entry) => new(
        ErrorCodes.UnknownCatalogEntry,
        entry.ItemType is CatalogItemType.Document or CatalogItemType.Knowledge
            ? $"The text of document '{entry.Id}' is not stored. What the catalog holds of it is read with get_catalog_entities."
            : $"'{entry.Id}' ({entry.QualifiedName}) is no document. Read it with get_catalog_entities.");

    private static bool SplitsPair(string text, int index) =>
        index > 0 && index < text.Length && char.IsHighSurrogate(text[index - 1]) && char.IsLowSurrogate(text[index]);

    internal sealed record Arguments(
        [property: Description("The id of the document's catalog entry."), Length(1, 512)] string Id,
        [property: Description("The first character, from 0."), Range(0, int.MaxValue)] int Offset = 0,
        [property: Description("The most characters."), Range(1, 50_000)] int Limit = 10_000);
}
