using Sluice.Data;
using Sluice.Testing;

namespace Sluice.Redis.Tests.KeyValue;

public sealed class RedisKeyValueStoreTests(ServerFixture server) : KeyValueStoreContract
{
    protected override async ValueTask<IKeyValueStore> CreateAsync() => await ServerFixture.OpenAsync((await server.ServerAsync()).Url);
}
