using System.Collections.Concurrent;

namespace Sluice.Data.Profiling.Writing;

/// <summary>The catalog as profiling writes to it. Counts what it wrote and removed; may be used by several tables at once.</summary>
internal sealed class CatalogSink(ICatalogStore catalog, DataScope scope, string databaseId)
{
    private readonly ConcurrentDictionary<string, bool> _written = new(StringComparer.Ordinal);
    private int _removed;

    /// <summary>Entries, each counted once: relations are written again when they are measured.</summary>
    public int Written => _written.Count;

    public int Removed => _removed;

    public async Task<CatalogEntry?> GetAsync(string id, CancellationToken cancellationToken)
    {
        var found = await catalog.GetAsync(scope, [id], cancellationToken).ConfigureAwait(false);
        return found.Count > 0 ? found[0] : null;
    }

    /// <summary>The entries of some types that belong to the logical database.</summary>
    public IAsyncEnumerable<CatalogEntry> ListAsync(CatalogItemType[] types, string? table, CancellationToken cancellationToken) =>
        catalog.ListAsync(scope, new() { DatabaseId = databaseId, ItemTypes = types, TableName = table }, cancellationToken);

    /// <summary>Replaces what profiling knew of something by what it found now.</summary>
    /// <param name="found">What it found.</param>
    /// <param name="before">What stands in the catalog about the same thing.</param>
    /// <param name="cancellationToken">Stops before writing.</param>
    public async Task ReplaceAsync(IReadOnlyList<CatalogEntry> found, IReadOnlyList<CatalogEntry> before, CancellationToken cancellationToken)
    {
        var ids = found.Select(entry => entry.Id).ToHashSet(StringComparer.Ordinal);
        // The signature is among what is written: as long as it is the old one, a run that was stopped in between begins here again.
        await RemoveAsync([.. before.Where(entry => EntryMerge.IsOurs(entry) && !ids.Contains(entry.Id)).Select(entry => entry.Id)], cancellationToken).ConfigureAwait(false);
        var stored = (await catalog.GetAsync(scope, [.. ids], cancellationToken).ConfigureAwait(false)).ToDictionary(entry => entry.Id);
        CatalogEntry[] merged = [.. found.DistinctBy(entry => entry.Id).Select(entry => stored.TryGetValue(entry.Id, out var old) ? EntryMerge.Merge(entry, old) : entry)];
        if (merged.Length == 0) return;
        await catalog.UpsertAsync(scope, merged, cancellationToken).ConfigureAwait(false);
        foreach (var entry in merged) _written[entry.Id] = true;
    }

    public async Task RemoveAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        if (ids.Count > 0) Interlocked.Add(ref _removed, await catalog.RemoveAsync(scope, ids, cancellationToken).ConfigureAwait(false));
    }
}
