using Sluice.Data;
using Sluice.Testing;

namespace Sluice.Postgres.Tests.KeyValue;

public sealed class PostgresKeyValueStoreTests(ServerFixture server) : KeyValueStoreContract
{
    protected override async ValueTask<IKeyValueStore> CreateAsync() =>
        await new PostgresDataProvider().OpenKeyValueAsync(await DataSources.SharedAsync(server), Token);
}
