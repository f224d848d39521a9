using System.Runtime.CompilerServices;
using System.Text.Json;
using Sluice.Data;
using Sluice.Json;

namespace Sluice.Studio.Documents;

/// <summary>What people keep in Studio, by kind and id, one tenant's invisible to another's. Of two changes of the same version one is refused.</summary>
/// <remarks>Changes are put in order here: one process at a time serves a store.</remarks>
internal sealed class DocumentStore(Func<Task<IKeyValueStore>> open, TimeProvider time) : IAsyncDisposable
{
    private readonly Lazy<Task<IKeyValueStore>> _store = new(open);
    private readonly SemaphoreSlim _changes = new(1);

    /// <summary>A document; null when there is none.</summary>
    public async ValueTask<Document<T>?> FindAsync<T>(TenantSpec tenant, string kind, string id, CancellationToken cancellationToken) =>
        await (await _store.Value.ConfigureAwait(false)).GetAsync(ScopeOf(tenant), KeyOf(kind, id), cancellationToken).ConfigureAwait(false) is { } bytes
            ? JsonSerializer.Deserialize<Document<T>>(bytes, SluiceJson.Options)
            : null;

    /// <summary>All documents of a kind, by id.</summary>
    public async IAsyncEnumerable<Document<T>> ListAsync<T>(TenantSpec tenant, string kind, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var prefix = KeyOf(kind, "");
        var store = await _store.Value.ConfigureAwait(false);
        await foreach (var key in store.ListAsync(ScopeOf(tenant), prefix, cancellationToken).ConfigureAwait(false))
        {
            // It may have been removed meanwhile.
            if (await FindAsync<T>(tenant, kind, key[prefix.Length..], cancellationToken).ConfigureAwait(false) is { } document) yield return document;
        }
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
            var store = await _store.Value.ConfigureAwait(false);
            await store.SetAsync(ScopeOf(tenant), KeyOf(kind, id), JsonSerializer.SerializeToUtf8Bytes(document, SluiceJson.Options), cancellationToken)
                .ConfigureAwait(false);
            return document;
        }
        finally
        {
            _changes.Release();
        }
    }

    /// <summary>Removes a document that somebody saw.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="id">Its id.</param>
    /// <param name="version">The version that the caller saw; null: whatever there is.</param>
    /// <param name="cancellationToken">Stops before it is removed.</param>
    /// <returns>False when there was none.</returns>
    /// <exception cref="DocumentChangedException"><c>conflict</c>: it has another version.</exception>
    public async ValueTask<bool> RemoveAsync<T>(TenantSpec tenant, string kind, string id, long? version, CancellationToken cancellationToken)
    {
        if (version is not null && await FindAsync<T>(tenant, kind, id, cancellationToken).ConfigureAwait(false) is { } current && current.Version != version)
            throw Changed(id, current);
        return await RemoveAsync(tenant, kind, id, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes a document.</summary>
    /// <returns>False when there was none.</returns>
    public async ValueTask<bool> RemoveAsync(TenantSpec tenant, string kind, string id, CancellationToken cancellationToken)
    {
        await _changes.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await (await _store.Value.ConfigureAwait(false)).RemoveAsync(ScopeOf(tenant), KeyOf(kind, id), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _changes.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_store.IsValueCreated) await (await _store.Value.ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
        _changes.Dispose();
    }

    private static DataScope ScopeOf(TenantSpec tenant) => new(tenant.ResourceId);

    private static string KeyOf(string kind, string id) => $"{kind}/{id}";

    private static DocumentChangedException Changed<T>(string id, Document<T>? current) => current is null
        ? new($"'{id}' is gone.", null)
        : new($"'{id}' was changed meanwhile: it has version {current.Version}. Look at what is there now, and change that.", current);
}
