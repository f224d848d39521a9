using Sluice.Data;
using Sluice.Testing;

namespace Sluice.Postgres.Tests.Catalog;

public sealed class PostgresCatalogStoreTests(ServerFixture server) : CatalogStoreContract
{
    protected override async ValueTask<ICatalogStore> CreateAsync() =>
        await new PostgresDataProvider().OpenCatalogAsync(await DataSources.SharedAsync(server), Token);
}
