using System.Text.Json;
using Sluice.Data.Knowledge.Extracting;
using Sluice.Data.Knowledge.Linking;
using Sluice.Data.Knowledge.Reading;
using Sluice.Data.Toolkit;
using Sluice.Json;

namespace Sluice.Data.Knowledge;

/// <summary>Writes documents and removes them. A body is there before the entries that point to it, and until after they are gone.</summary>
internal sealed class DocumentWriter(OpenDataEnvironment environment, DataScope scope, string databaseId, TargetNames names, KnowledgeExtractor? extractor)
{
    /// <summary>Writes a document, unless all of it is there as it is.</summary>
    /// <param name="document">The document.</param>
    /// <param name="targets">The ids of what it is said to apply to.</param>
    /// <param name="stored">What there is of it before.</param>
    /// <param name="tally">Counts what is extracted.</param>
    /// <param name="cancellationToken">Stops the call that is under way.</param>
    public async Task<IngestionEvent> WriteAsync(
        ParsedDocument document, IEnumerable<string> targets, StoredDocument stored, IngestionTally tally, CancellationToken cancellationToken)
    {
        var made = new DocumentEntries(databaseId, document, names);
        var before = await environment.Catalog.GetAsync(scope, [.. stored.EntryIds], cancellationToken).ConfigureAwait(false);
        var (extraction, failure) = await ExtractAsync(document, made, before, tally, cancellationToken).ConfigureAwait(false);
        var entries = made.Build(targets, extraction);
        var key = DocumentKeys.Of(made.BodyId);
        var isSame = stored.BodyKeys.Contains(key) && AreSame(before, entries);
        if (!isSame)
        {
            await environment.KeyValue.SetAsync(scope, key, made.Body, cancellationToken).ConfigureAwait(false);
            await environment.Catalog.UpsertAsync(scope, entries, cancellationToken).ConfigureAwait(false);
        }

        var ids = entries.Select(entry => entry.Id).ToHashSet(StringComparer.Ordinal);
        var (oldIds, oldKeys) = (stored.EntryIds.Where(id => !ids.Contains(id)), stored.BodyKeys.Where(other => other != key));
        await RemoveAsync(oldIds, oldKeys, cancellationToken).ConfigureAwait(false);
        if (failure is not null) return new DocumentFailedEvent { Path = document.Path, Error = failure };
        if (isSame) return new DocumentUnchangedEvent { Path = document.Path, Id = made.Id };
        return new DocumentIngestedEvent
        {
            Path = document.Path,
            Id = made.Id,
            Change = before.Count == 0 ? DocumentChange.New : DocumentChange.Changed,
            Parts = made.Parts,
            Statements = entries.Count(entry => entry.ItemType == CatalogItemType.Knowledge),
            Bytes = made.Body.Length,
        };
    }

    /// <summary>Removes all that there is of a document.</summary>
    public Task RemoveAsync(StoredDocument stored, CancellationToken cancellationToken) => RemoveAsync(stored.EntryIds, stored.BodyKeys, cancellationToken);

    private async Task RemoveAsync(IEnumerable<string> entryIds, IEnumerable<string> bodyKeys, CancellationToken cancellationToken)
    {
        if (entryIds.ToArray() is { Length: > 0 } ids) await environment.Catalog.RemoveAsync(scope, ids, cancellationToken).ConfigureAwait(false);
        foreach (var key in bodyKeys) await environment.KeyValue.RemoveAsync(scope, key, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// What is known of this text, or else extracted now. Without an extractor, or where it fails, what was extracted from an earlier text and still
    /// stands in this one.
    /// </summary>
    private async Task<(Extraction? Extraction, ErrorInfo? Failure)> ExtractAsync(
        ParsedDocument document, DocumentEntries made, IReadOnlyList<CatalogEntry> before, IngestionTally tally, CancellationToken cancellationToken)
    {
        var known = before.FirstOrDefault(entry => entry.Id == made.Id) is { } entry ? DocumentFacts.ReadExtraction(entry, before) : null;
        if (extractor is null || known?.BodyId == made.BodyId) return (known?.Within(document.Text), null);
        try
        {
            var extraction = await extractor.ExtractAsync(document, made.BodyId, cancellationToken).ConfigureAwait(false);
            tally.Count(extraction);
            return (extraction, null);
        }
        catch (SluiceException exception) when (exception is StructuredOutputException or ProviderException { Code: not ErrorCodes.ProviderAuth })
        {
            return (known?.Within(document.Text), exception.ToErrorInfo());
        }
    }

    private static bool AreSame(IReadOnlyList<CatalogEntry> before, IReadOnlyList<CatalogEntry> entries)
    {
        var byId = before.ToDictionary(entry => entry.Id, StringComparer.Ordinal);
        return entries.All(entry => byId.TryGetValue(entry.Id, out var other) && JsonElement.DeepEquals(ToJson(entry), ToJson(other)));
    }

    private static JsonElement ToJson(CatalogEntry entry) => JsonSerializer.SerializeToElement(entry, SluiceJson.Options);
}
