namespace Sluice.Data.Catalog;

/// <summary>A catalog that has no entries in any scope, for environments without one. It only reads.</summary>
public sealed class EmptyCatalogStore : ICatalogStore
{
    /// <summary>True.</summary>
    public bool IsReadOnly => true;

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<CatalogEntry>> GetAsync(DataScope scope, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return Nothing(scope, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<CatalogEntry>> FindAsync(DataScope scope, IReadOnlyList<string> qualifiedNames, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(qualifiedNames);
        return Nothing(scope, cancellationToken);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<CatalogEntry> ListAsync(
        DataScope scope, CatalogFilter filter, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        foreach (var entry in await Nothing(scope, cancellationToken).ConfigureAwait(false)) yield return entry;
    }

    /// <summary>Always refused.</summary>
    /// <exception cref="SluiceException">The catalog only reads (<c>catalog_read_only</c>).</exception>
    public ValueTask UpsertAsync(DataScope scope, IReadOnlyList<CatalogEntry> entries, CancellationToken cancellationToken) =>
        throw ReadOnlyCatalog.Refusal("empty");

    /// <summary>Always refused.</summary>
    /// <exception cref="SluiceException">The catalog only reads (<c>catalog_read_only</c>).</exception>
    public ValueTask<int> RemoveAsync(DataScope scope, IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        throw ReadOnlyCatalog.Refusal("empty");

    /// <summary>Frees nothing.</summary>
    public ValueTask DisposeAsync() => default;

    private static ValueTask<IReadOnlyList<CatalogEntry>> Nothing(DataScope scope, CancellationToken cancellationToken)
    {
        DataArguments.CheckScope(scope);
        return cancellationToken.IsCancellationRequested ? ValueTask.FromCanceled<IReadOnlyList<CatalogEntry>>(cancellationToken) : new([]);
    }
}
