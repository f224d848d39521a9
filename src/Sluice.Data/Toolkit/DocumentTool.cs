using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text;
using System.Text.Json;

namespace Sluice.Data.Toolkit;

/// <summary>Reads a document, page by page.</summary>
internal sealed class DocumentTool(OpenDataEnvironment environment)
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    public ToolSpec Create() => ToolSpec.FromHandler<Arguments, JsonElement>(
        "get_document",
        "Reads the text of a document by the id of its catalog entry, or a page of it: offset and limit count characters. Read on with nextOffset.",
        InvokeAsync) with
    { Effect = ToolEffect.ReadOnly };

    private async Task<JsonElement> InvokeAsync(Arguments arguments, ToolContext context)
    {
        var reader = CatalogReader.For(environment, context);
        var entry = await environment.Catalog.GetAsync(reader.Scope, [arguments.Id], context.CancellationToken).ConfigureAwait(false) is [var known, ..] ? known : null;
        var key = DocumentKeys.Of(entry?.Metadata.DocumentId ?? arguments.Id);
        var body = key.Length <= DataArguments.MostCharacters && DataArguments.IsText(key)
            ? await environment.KeyValue.GetAsync(reader.Scope, key, context.CancellationToken).ConfigureAwait(false) : null;
        if (body is null) throw Unknown(arguments.Id, entry);
        var text = Decode(body, arguments.Id);
        var start = Math.Min(arguments.Offset, text.Length);
        if (SplitsPair(text, start)) start--;
        var end = Math.Min(start + arguments.Limit, text.Length);
        // Half a character is none, and a page holds at least one.
        if (SplitsPair(text, end)) end += end - start > 1 ? -1 : 1;
        return CompactJson.Of(new
        {
            id = arguments.Id,
            title = entry?.Name,
            total = text.Length,
            offset = start,
            nextOffset = end < text.Length ? end : (int?)null,
            note = CompactJson.UntrustedNote,
            untrustedData = text[start..end],
        });
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

    private static SluiceException Unknown(string id, CatalogEntry? entry) => new(ErrorCodes.UnknownCatalogEntry, entry switch
    {
        null => $"There is no document '{id}'. Pass the id of a catalog entry of type document.",
        { ItemType: not (CatalogItemType.Document or CatalogItemType.Knowledge) } =>
            $"'{id}' ({entry.QualifiedName}) is no document. Read it with get_catalog_entities.",
        _ => $"The text of document '{id}' is not stored. What the catalog holds of it is read with get_catalog_entities.",
    });

    private static bool SplitsPair(string text, int index) =>
        index > 0 && index < text.Length && char.IsHighSurrogate(text[index - 1]) && char.IsLowSurrogate(text[index]);

    internal sealed record Arguments(
        [property: Description("The id of the document's catalog entry."), Length(1, 512)] string Id,
        [property: Description("The first character, from 0."), Range(0, int.MaxValue)] int Offset = 0,
        [property: Description("The most characters."), Range(1, 50_000)] int Limit = 10_000);
}
