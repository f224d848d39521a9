using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Sluice.Data;
using Sluice.Json;

namespace Sluice.Studio.Documents;

/// <summary>What people keep in Studio, by kind and id, one tenant's invisible to another's. Of two changes of the same version one is refused.</summary>
/// <remarks>Changes are put in order here: one process at a time serves a store.</remarks>
internal sealed class DocumentStore(Func<Task<IKeyValueStore>> open, TimeProvider time) : IAsyncDisposable
{
    private const int MostIdCharacters = 256;
    private const int VersionCharacters = 10;

    private readonly Lock _opening = new();
    private readonly SemaphoreSlim _changes = new(1);
    private Task<IKeyValueStore>? _store;

    /// <summary>A document; null when there is none.</summary>
    public async ValueTask<Document<T>?> FindAsync<T>(TenantSpec tenant, string kind, string id, CancellationToken cancellationToken) =>
        IsId(id) && await (await OpenAsync().ConfigureAwait(false)).GetAsync(ScopeOf(tenant), KeyOf(kind, id), cancellationToken).ConfigureAwait(false) is { } bytes
            ? JsonSerializer.Deserialize<Document<T>>(bytes, SluiceJson.Options)
            : null;

    /// <summary>All documents of a kind, by id.</summary>
    public async IAsyncEnumerable<Document<T>> ListAsync<T>(TenantSpec tenant, string kind, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var prefix = KeyOf(kind, "");
        var store = await OpenAsync().ConfigureAwait(false);
        await foreach (var key in store.ListAsync(ScopeOf(tenant), prefix, cancellationToken).ConfigureAwait(false))
        {
            // It may have been removed meanwhile.
            if (await FindAsync<T>(tenant, kind, key[prefix.Length..], cancellationToken).ConfigureAwait(false) is { } document) yield return document;
        }
    }

    /// <summary>The versions that a document had before the one it has now, as far as they are kept, newest first.</summary>
    public async ValueTask<IReadOnlyList<Document<T>>> ListEarlierAsync<T>(TenantSpec tenant, string kind, Document<T> current, CancellationToken cancellationToken)
    {
        var store = await OpenAsync().ConfigureAwait(false);
        var earlier = new List<Document<T>>();
        foreach (var key in await EarlierKeysAsync(store, tenant, kind, current.Id, cancellationToken).ConfigureAwait(false))
        {
            if (await store.GetAsync(ScopeOf(tenant), key, cancellationToken).ConfigureAwait(false) is not { } bytes) continue;
            // A version that is kept and was not replaced, because the process ended, is the one that it has now.
            if (JsonSerializer.Deserialize<Document<T>>(bytes, SluiceJson.Options) is { } document && document.Version < current.Version) earlier.Add(document);
        }

        earlier.Sort((left, right) => right.Version.CompareTo(left.Version));
        return earlier;
    }

    /// <summary>Writes a document.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="id">Its id.</param>
    /// <param name="value">What it is now.</param>
    /// <param name="version">The version that the caller saw; 0: there is none yet; null: whatever there is.</param>
    /// <param name="cancellationToken">Stops before it is written.</param>
    /// <exception cref="DocumentChangedException"><c>conflict</c>: it has another version.</exception>
    public async ValueTask<Document<T>> SaveAsync<T>(
        TenantSpec tenant, string kind, string id, T value, long? version, CancellationToken cancellationToken)
    {
        await _changes.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var current = await FindAsync<T>(tenant, kind, id, cancellationToken).ConfigureAwait(false);
            if (version is not null && version != (current?.Version ?? 0)) throw Changed(id, current);
            var document = new Document<T>(id, (current?.Version ?? 0) + 1, time.GetUtcNow(), value);
            var store = await OpenAsync().ConfigureAwait(false);
            if (current is not null) await KeepAsync(store, tenant, kind, current, cancellationToken).ConfigureAwait(false);
            await store.SetAsync(ScopeOf(tenant), KeyOf(kind, id), JsonSerializer.SerializeToUtf8Bytes(document, SluiceJson.Options), cancellationToken)
                .ConfigureAwait(false);
            return document;
        }
        finally
        {
            _changes.Release();
        }
    }

    /// <summary>Removes a document with its earlier versions.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="id">Its id.</param>
    /// <param name="version">The version that the caller saw; null: whatever there is.</param>
    /// <param name="cancellationToken">Stops before it is removed.</param>
    /// <returns>False when there was none.</returns>
    /// <exception cref="DocumentChangedException"><c>conflict</c>: it has another version.</exception>
    public async ValueTask<bool> RemoveAsync<T>(TenantSpec tenant, string kind, string id, long? version, CancellationToken cancellationToken)
    {
        await _changes.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (await FindAsync<T>(tenant, kind, id, cancellationToken).ConfigureAwait(false) is not { } current) return false;
            if (version is not null && version != current.Version) throw Changed(id, current);
            var store = await OpenAsync().ConfigureAwait(false);
            foreach (var key in await EarlierKeysAsync(store, tenant, kind, id, cancellationToken).ConfigureAwait(false))
                await store.RemoveAsync(ScopeOf(tenant), key, cancellationToken).ConfigureAwait(false);
            return await store.RemoveAsync(ScopeOf(tenant), KeyOf(kind, id), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _changes.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_store is { IsCompletedSuccessfully: true }) await (await _store.ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
        _changes.Dispose();
    }

    /// <summary>Puts a version aside before it is replaced, and lets go of the oldest.</summary>
    private static async ValueTask KeepAsync<T>(IKeyValueStore store, TenantSpec tenant, string kind, Document<T> current, CancellationToken cancellationToken)
    {
        var keep = DocumentKinds.EarlierVersionsOf(kind);
        if (keep == 0) return;
        var bytes = JsonSerializer.SerializeToUtf8Bytes(current, SluiceJson.Options);
        await store.SetAsync(ScopeOf(tenant), EarlierKeyOf(kind, current.Id, current.Version), bytes, cancellationToken).ConfigureAwait(false);
        if (current.Version <= keep) return;
        await store.RemoveAsync(ScopeOf(tenant), EarlierKeyOf(kind, current.Id, current.Version - keep), cancellationToken).ConfigureAwait(false);
    }

    private static async ValueTask<List<string>> EarlierKeysAsync(IKeyValueStore store, TenantSpec tenant, string kind, string id, CancellationToken cancellationToken)
    {
        var prefix = KeyOf($"earlier-{kind}", id) + "/";
        var keys = new List<string>();
        await foreach (var key in store.ListAsync(ScopeOf(tenant), prefix, cancellationToken).ConfigureAwait(false))
        {
            // Others are of a document whose id begins like this one's.
            if (key.Length == prefix.Length + VersionCharacters && key.AsSpan(prefix.Length).IndexOfAnyExceptInRange('0', '9') < 0) keys.Add(key);
        }

        return keys;
    }

    /// <summary>The store, opened by whoever comes first. One that could not be opened is tried again.</summary>
    private Task<IKeyValueStore> OpenAsync()
    {
        lock (_opening) return _store is null or { IsCompleted: true, IsCompletedSuccessfully: false } ? _store = open() : _store;
    }

    /// <summary>Others have no document.</summary>
    private static bool IsId(string id) => id.Length is > 0 and <= MostIdCharacters && !id.Contains('\0', StringComparison.Ordinal);

    private static DataScope ScopeOf(TenantSpec tenant) => new(tenant.ResourceId);

    private static string KeyOf(string kind, string id) => $"{kind}/{id}";

    private static string EarlierKeyOf(string kind, string id, long version) =>
        $"{KeyOf($"earlier-{kind}", id)}/{version.ToString($"D{VersionCharacters}", CultureInfo.InvariantCulture)}";

    private static DocumentChangedException Changed<T>(string id, Document<T>? current) => current is null
        ? new($"'{id}' is gone.", null)
        : new($"'{id}' was changed meanwhile: it has version {current.Version}. Look at what is there now, and change that.", current);
}
