namespace Sluice.Data.Tests.Profiling;

/// <summary>Opens what another provider does, with something around the database that is read.</summary>
internal sealed class WrappingDataProvider(IDataProvider inner, Func<ITargetDatabase, ITargetDatabase>? wrap) : IDataProvider
{
    public string Kind => inner.Kind;

    public DataParts Parts => inner.Parts;

    public async Task<ITargetDatabase> OpenTargetDatabaseAsync(DataSource source, QueryGuard guard, CancellationToken cancellationToken)
    {
        var database = await inner.OpenTargetDatabaseAsync(source, guard, cancellationToken);
        return wrap?.Invoke(database) ?? database;
    }

    public Task<ICatalogStore> OpenCatalogAsync(DataSource source, CancellationToken cancellationToken) => inner.OpenCatalogAsync(source, cancellationToken);

    public Task<IKeyValueStore> OpenKeyValueAsync(DataSource source, CancellationToken cancellationToken) => inner.OpenKeyValueAsync(source, cancellationToken);
}
