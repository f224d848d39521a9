namespace Sluice.Data;

/// <summary>The entries of a catalog. Contract suite: <c>CatalogStoreContract</c> in Sluice.Testing.</summary>
/// <remarks>Entries are keyed by scope and id. A completed write is seen by every later read, here and in other processes on the same store.</remarks>
public interface ICatalogStore : IAsyncDisposable
{
    /// <summary>Whether entries can be written. The empty and the inline catalog only read.</summary>
    bool IsReadOnly { get; }

    /// <summary>The entries with these ids, in the order of the ids; those that are not there are left out.</summary>
    ValueTask<IReadOnlyList<CatalogEntry>> GetAsync(DataScope scope, IReadOnlyList<string> ids, CancellationToken cancellationToken);

    /// <summary>The entries with these qualified names, compared without case; several may share one, and are ordered by id then.</summary>
    ValueTask<IReadOnlyList<CatalogEntry>> FindAsync(DataScope scope, IReadOnlyList<string> qualifiedNames, CancellationToken cancellationToken);

    /// <summary>The entries that fit, sorted by item type (as its name is written), qualified name, name and id, all ordinally.</summary>
    IAsyncEnumerable<CatalogEntry> ListAsync(DataScope scope, CatalogFilter filter, CancellationToken cancellationToken);

    /// <summary>Writes entries, all or none. One that is there is replaced.</summary>
    /// <exception cref="SluiceException">The catalog only reads (<c>catalog_read_only</c>).</exception>
    ValueTask UpsertAsync(DataScope scope, IReadOnlyList<CatalogEntry> entries, CancellationToken cancellationToken);

    /// <summary>Removes entries, all or none.</summary>
    /// <returns>How many were there.</returns>
    /// <exception cref="SluiceException">The catalog only reads (<c>catalog_read_only</c>).</exception>
    ValueTask<int> RemoveAsync(DataScope scope, IReadOnlyList<string> ids, CancellationToken cancellationToken);
}
