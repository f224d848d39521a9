using Sluice.Data.Reading;

namespace Sluice.Data.Exchange;

/// <summary>One import: check the file, write what is new or differs, remove what is gone.</summary>
internal sealed class CatalogImport(ICatalogStore catalog, DataScope scope, CatalogFile file, IProgress<int>? progress)
{
    private const int BatchSize = 500;
    private readonly EntryIdSet _ids = new();
    private int _added;
    private int _changed;
    private int _unchanged;
    private int _removed;

    public async Task<CatalogImportResult> RunAsync(bool replace, CancellationToken cancellationToken)
    {
        var filter = await CheckAsync(cancellationToken).ConfigureAwait(false);
        await WriteAsync(cancellationToken).ConfigureAwait(false);
        if (replace) await RemoveOthersAsync(filter, cancellationToken).ConfigureAwait(false);
        return new() { Added = _added, Changed = _changed, Unchanged = _unchanged, Removed = _removed };
    }

    private async Task<CatalogFilter> CheckAsync(CancellationToken cancellationToken)
    {
        var problems = new SettingsProblems();
        var reader = new CatalogFileReader(file, problems);
        await foreach (var (line, entry) in reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (!_ids.TryAdd(entry.Id, line, out var first))
                problems.Add("duplicate_entry", $"line {line}.id", $"The entry of line {first} has the id \"{entry.Id}\" already. Keep one.");
        }

        problems.ThrowIfAny(ErrorCodes.InvalidCatalogFile);
        return reader.Header!.Filter;
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        var batch = new List<CatalogEntry>(BatchSize);
        await foreach (var (_, entry) in new CatalogFileReader(file, new()).ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            batch.Add(entry);
            if (batch.Count == BatchSize) await WriteAsync(batch, cancellationToken).ConfigureAwait(false);
        }

        if (batch.Count > 0) await WriteAsync(batch, cancellationToken).ConfigureAwait(false);
    }

    private async Task WriteAsync(List<CatalogEntry> batch, CancellationToken cancellationToken)
    {
        var stored = (await catalog.GetAsync(scope, [.. batch.Select(entry => entry.Id)], cancellationToken).ConfigureAwait(false))
            .ToDictionary(entry => entry.Id, StringComparer.Ordinal);
        var added = batch.Where(entry => !stored.ContainsKey(entry.Id)).ToArray();
        var changed = batch.Where(entry => stored.TryGetValue(entry.Id, out var old) && !AreEqual(old, entry)).ToArray();
        if (added.Length + changed.Length > 0) await catalog.UpsertAsync(scope, [.. added, .. changed], cancellationToken).ConfigureAwait(false);
        (_added, _changed, _unchanged) = (_added + added.Length, _changed + changed.Length, _unchanged + batch.Count - added.Length - changed.Length);
        batch.Clear();
        progress?.Report(_added + _changed + _unchanged);
    }

    private static bool AreEqual(CatalogEntry stored, CatalogEntry entry)
    {
        try
        {
            return EntryLine.ToUtf8(stored).AsSpan().SequenceEqual(EntryLine.ToUtf8(entry));
        }
        catch (SluiceException)
        {
            // What the store has could not even be exported; the file's entry takes its place.
            return false;
        }
    }

    private async Task RemoveOthersAsync(CatalogFilter filter, CancellationToken cancellationToken)
    {
        var gone = new List<string>(BatchSize);
        await foreach (var entry in catalog.ListAsync(scope, filter, cancellationToken).ConfigureAwait(false))
        {
            if (_ids.Contains(entry.Id)) continue;
            gone.Add(entry.Id);
            if (gone.Count == BatchSize) await RemoveAsync(gone, cancellationToken).ConfigureAwait(false);
        }

        if (gone.Count > 0) await RemoveAsync(gone, cancellationToken).ConfigureAwait(false);
    }

    private async Task RemoveAsync(List<string> gone, CancellationToken cancellationToken)
    {
        _removed += await catalog.RemoveAsync(scope, gone, cancellationToken).ConfigureAwait(false);
        gone.Clear();
    }
}
