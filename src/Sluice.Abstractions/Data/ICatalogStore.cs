namespace Sluice.Data;

/// <summary>The entries of a catalog. Contract suites: <c>CatalogReadingContract</c> and <c>CatalogStoreContract</c> in Sluice.Testing.</summary>
/// <remarks>
/// <para>Entries are keyed by scope and id. A completed write is seen by every later read, here and in other processes on the same store. One call of
/// <see cref="GetAsync"/> or <see cref="FindAsync"/> sees all of a write or nothing of it. Calls may run at once, with any number of entries.</para>
/// <para>Without case means <see cref="StringComparison.OrdinalIgnoreCase"/>. Sorted means by code point (<see cref="CodePointComparer"/>). An id, a name
/// or a filter that no entry can have finds nothing. A blank scope is an <see cref="ArgumentException"/> (<see cref="DataArguments"/>).</para>
/// <para>What is given is copied in. A token that is cancelled before stops a call before it changes anything.</para>
/// </remarks>
public interface ICatalogStore : IAsyncDisposable
{
    /// <summary>Whether entries can only be read, as in the empty and the inline catalog.</summary>
    bool IsReadOnly { get; }

    /// <summary>The entries with these ids, in the order of the ids; those that are not there are left out, and an id given twice counts once.</summary>
    ValueTask<IReadOnlyList<CatalogEntry>> GetAsync(DataScope scope, IReadOnlyList<string> ids, CancellationToken cancellationToken);

    /// <summary>
    /// The entries with these qualified names, compared without case, in the order of the names; several may share one, and are sorted by id then. No
    /// entry comes twice.
    /// </summary>
    ValueTask<IReadOnlyList<CatalogEntry>> FindAsync(DataScope scope, IReadOnlyList<string> qualifiedNames, CancellationToken cancellationToken);

    /// <summary>
    /// The entries that fit, sorted by item type (as its name is written), qualified name, name and id. Those that are written or removed meanwhile may be
    /// among them or not, and one whose place changes may come at both; all others come once. The store may be written to while the listing goes on.
    /// </summary>
    IAsyncEnumerable<CatalogEntry> ListAsync(DataScope scope, CatalogFilter filter, CancellationToken cancellationToken);

    /// <summary>Writes entries, all or none. One that is there is replaced whole.</summary>
    /// <exception cref="SluiceException">The catalog only reads (<c>catalog_read_only</c>).</exception>
    /// <exception cref="ArgumentException">An id is given twice, or an entry lacks a text or has one that cannot be stored; the message lists the problems.</exception>
    ValueTask UpsertAsync(DataScope scope, IReadOnlyList<CatalogEntry> entries, CancellationToken cancellationToken);

    /// <summary>Removes entries, all or none.</summary>
    /// <returns>How many were there.</returns>
    /// <exception cref="SluiceException">The catalog only reads (<c>catalog_read_only</c>).</exception>
    ValueTask<int> RemoveAsync(DataScope scope, IReadOnlyList<string> ids, CancellationToken cancellationToken);
}
