namespace Sluice.Data.Tests.Knowledge;

/// <summary>Stores that break off at a write, before or after it was made. Reads always work.</summary>
internal sealed class FaultyStores(ICatalogStore catalog, IKeyValueStore keyValue) : ICatalogStore, IKeyValueStore
{
    private int _writes;

    /// <summary>The write that fails, from 1; 0: none.</summary>
    public int FailingWrite { get; set; }

    /// <summary>Whether the write that fails is made nevertheless.</summary>
    public bool FailsAfterwards { get; set; }

    /// <summary>The writes so far, in words.</summary>
    public List<string> Log { get; } = [];

    public bool IsReadOnly => false;

    public void Reset()
    {
        _writes = FailingWrite = 0;
        Log.Clear();
    }

    public ValueTask<IReadOnlyList<CatalogEntry>> GetAsync(DataScope scope, IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        catalog.GetAsync(scope, ids, cancellationToken);

    public ValueTask<IReadOnlyList<CatalogEntry>> FindAsync(DataScope scope, IReadOnlyList<string> qualifiedNames, CancellationToken cancellationToken) =>
        catalog.FindAsync(scope, qualifiedNames, cancellationToken);

    public IAsyncEnumerable<CatalogEntry> ListAsync(DataScope scope, CatalogFilter filter, CancellationToken cancellationToken) =>
        catalog.ListAsync(scope, filter, cancellationToken);

    public IAsyncEnumerable<string> ListAsync(DataScope scope, string prefix, CancellationToken cancellationToken) => keyValue.ListAsync(scope, prefix, cancellationToken);

    public ValueTask<byte[]?> GetAsync(DataScope scope, string key, CancellationToken cancellationToken) => keyValue.GetAsync(scope, key, cancellationToken);

    public async ValueTask UpsertAsync(DataScope scope, IReadOnlyList<CatalogEntry> entries, CancellationToken cancellationToken) =>
        await WriteAsync("upsert", async () => { await catalog.UpsertAsync(scope, entries, cancellationToken); return 0; });

    public async ValueTask<int> RemoveAsync(DataScope scope, IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        await WriteAsync("remove", async () => await catalog.RemoveAsync(scope, ids, cancellationToken));

    public async ValueTask SetAsync(DataScope scope, string key, ReadOnlyMemory<byte> value, CancellationToken cancellationToken) =>
        await WriteAsync("set body", async () => { await keyValue.SetAsync(scope, key, value, cancellationToken); return 0; });

    public async ValueTask<bool> RemoveAsync(DataScope scope, string key, CancellationToken cancellationToken) =>
        await WriteAsync("remove body", async () => await keyValue.RemoveAsync(scope, key, cancellationToken));

    public async ValueTask DisposeAsync()
    {
        await catalog.DisposeAsync();
        await keyValue.DisposeAsync();
    }

    private async Task<T> WriteAsync<T>(string what, Func<Task<T>> write)
    {
        var fails = ++_writes == FailingWrite;
        Log.Add(what);
        if (fails && !FailsAfterwards) throw new SluiceException(ErrorCodes.StoreUnavailable, "The store broke off.");
        var result = await write();
        return fails ? throw new SluiceException(ErrorCodes.StoreUnavailable, "The store broke off.") : result;
    }
}
