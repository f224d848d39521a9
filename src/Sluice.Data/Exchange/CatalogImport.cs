using System.Runtime.CompilerServices;
using Sluice.Data.Reading;

namespace Sluice.Data.Exchange;

/// <summary>One import: check the file, write what is new or differs, remove what is gone.</summary>
internal sealed class CatalogImport(ICatalogStore catalog, DataScope scope, Stream input)
{
    private const int BatchSize = 500;
    private readonly EntryIdSet _ids = new();
    private int _added;
    private int _changed;
    private int _unchanged;
    private int _removed;

    public async IAsyncEnumerable<CatalogImportEvent> RunAsync(bool replace, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var file = await CatalogFile.OpenAsync(input, cancellationToken).ConfigureAwait(false);
        await using var ignored = file.ConfigureAwait(false);
        var filter = await CheckAsync(file, cancellationToken).ConfigureAwait(false);
        yield return new CatalogImportStartedEvent(_ids.Count);
        var entries = new CatalogFileReader(file, new()).ReadAsync(cancellationToken);
        await foreach (var batch in entries.Select(item => item.Entry).Chunk(BatchSize).ConfigureAwait(false))
        {
            await WriteAsync(batch, cancellationToken).ConfigureAwait(false);
            yield return new CatalogImportProgressEvent(_added + _changed + _unchanged, _ids.Count);
        }

        if (replace) await RemoveOthersAsync(filter, cancellationToken).ConfigureAwait(false);
        yield return new CatalogImportCompletedEvent(_added, _changed, _unchanged, _removed);
    }

    private async Task<CatalogFilter> CheckAsync(CatalogFile file, CancellationToken cancellationToken)
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

    private async Task WriteAsync(CatalogEntry[] batch, CancellationToken cancellationToken)
    {
        var stored = (await catalog.GetAsync(scope, [.. batch.Select(entry => entry.Id)], cancellationToken).ConfigureAwait(false))
            .ToDictionary(entry => entry.Id, StringComparer.Ordinal);
        var added = batch.Where(entry => !stored.ContainsKey(entry.Id)).ToArray();
        var changed = batch.Where(entry => stored.TryGetValue(entry.Id, out var old) && !AreEqual(old, entry)).ToArray();
        if (added.Length + changed.Length > 0) await catalog.UpsertAsync(scope, [.. added, .. changed], cancellationToken).ConfigureAwait(false);
        (_added, _changed, _unchanged) = (_added + added.Length, _changed + changed.Length, _unchanged + batch.Length - added.Length - changed.Length);
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
        var others = catalog.ListAsync(scope, filter, cancellationToken).Where(entry => !_ids.Contains(entry.Id)).Select(entry => entry.Id);
        await foreach (var gone in others.Chunk(BatchSize).ConfigureAwait(false))
            _removed += await catalog.RemoveAsync(scope, gone, cancellationToken).ConfigureAwait(false);
    }
}
