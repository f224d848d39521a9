namespace Sluice.Data.Knowledge;

/// <summary>What catalog and store hold of the documents of a database before a run. Documents that somebody else wrote are not among them.</summary>
internal sealed class StoredDocuments
{
    private readonly Dictionary<string, StoredDocument> _byId = new(StringComparer.Ordinal);

    private StoredDocuments()
    {
    }

    public static async Task<StoredDocuments> ReadAsync(
        OpenDataEnvironment environment, DataScope scope, string databaseId, CancellationToken cancellationToken)
    {
        var stored = new StoredDocuments();
        var filter = new CatalogFilter { ItemTypes = [CatalogItemType.Document, CatalogItemType.Knowledge], DatabaseId = databaseId };
        await foreach (var entry in environment.Catalog.ListAsync(scope, filter, cancellationToken).ConfigureAwait(false)) stored.Add(entry, databaseId);
        var prefix = DocumentIds.KeyPrefix(databaseId);
        await foreach (var key in environment.KeyValue.ListAsync(scope, prefix, cancellationToken).ConfigureAwait(false))
            if (DocumentIds.DocumentOfKey(key) is { } id) stored.Of(id).BodyKeys.Add(key);
        return stored;
    }

    /// <summary>What there is of a document; nothing for one that is new.</summary>
    public StoredDocument Of(string id)
    {
        if (!_byId.TryGetValue(id, out var document)) _byId[id] = document = new();
        return document;
    }

    /// <summary>The documents that are not among these, in the order of their ids.</summary>
    public IEnumerable<(string Id, StoredDocument Document)> Except(IReadOnlySet<string> ids) =>
        _byId.Where(pair => !ids.Contains(pair.Key)).OrderBy(pair => pair.Key, CodePointComparer.Instance).Select(pair => (pair.Key, pair.Value));

    private void Add(CatalogEntry entry, string databaseId)
    {
        if (DocumentFacts.WholeOf(entry) is { } whole)
        {
            if (IsOurs(entry.Id, whole)) Of(whole).EntryIds.Add(entry.Id);
        }
        else if (DocumentFacts.Text(entry, DocumentFacts.Path) is { } path && DocumentIds.OfDocument(databaseId, path) == entry.Id)
        {
            Of(entry.Id).Path = path;
            Of(entry.Id).EntryIds.Add(entry.Id);
        }
    }

    private static bool IsOurs(string id, string documentId) =>
        id.StartsWith(DocumentIds.OfPart(documentId, 0)[..^1], StringComparison.Ordinal)
        || id.StartsWith(DocumentIds.OfKnowledge(documentId, 0)[..^1], StringComparison.Ordinal);
}
