using Sluice.Data;
using Sluice.Sqlite.TargetDatabase;

namespace Sluice;

/// <summary>The kind <c>sqlite</c> of data environments: databases in one file that agents read.</summary>
/// <remarks>
/// An address is <c>sqlite:path</c> or <c>sqlite:///absolute/path</c>, or a path alone; relative ones begin at the current folder. Parameters
/// behind a <c>?</c> are refused. The file must exist: a target database is never made.
/// </remarks>
public sealed class SqliteDataProvider : IDataProvider
{
    /// <inheritdoc/>
    public string Kind => SqliteTargetDatabase.KindName;

    /// <inheritdoc/>
    public DataParts Parts => DataParts.TargetDatabase;

    /// <inheritdoc/>
    public Task<ITargetDatabase> OpenTargetDatabaseAsync(DataSource source, QueryGuard guard, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(guard);
        return Task.Run<ITargetDatabase>(() => SqliteTargetDatabase.Open(source, guard), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<ICatalogStore> OpenCatalogAsync(DataSource source, CancellationToken cancellationToken) =>
        throw new NotSupportedException("The kind 'sqlite' has no catalog store yet. Use another kind for the catalog.");

    /// <inheritdoc/>
    public Task<IKeyValueStore> OpenKeyValueAsync(DataSource source, CancellationToken cancellationToken) =>
        throw new NotSupportedException("The kind 'sqlite' has no key-value store yet. Use another kind for documents.");
}
