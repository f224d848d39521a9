using Sluice.Storage;
using Sluice.Testing;

namespace Sluice.Postgres.Tests.Threads;

public sealed class PostgresThreadStoreTests(ServerFixture server) : ThreadStoreContract
{
    protected override ValueTask<IRuntimeStorage> CreateAsync() => ContractDatabase.OpenAsync(server);
}
