using Sluice.Data;
using Sluice.Sqlite.Catalog;
using Sluice.Testing;

namespace Sluice.Sqlite.Tests.Catalog;

public sealed class SqliteCatalogStoreTests : CatalogStoreContract, IDisposable
{
    private readonly TemporaryStore _store = new();

    public void Dispose() => _store.Dispose();

    protected override ValueTask<ICatalogStore> CreateAsync() => new(SqliteCatalogStore.Open(_store.Path));
}
