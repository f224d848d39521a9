using Sluice.Storage;
using Sluice.Testing;

namespace Sluice.Postgres.Tests.Leases;

public sealed class PostgresLeaseStoreTests(ServerFixture server) : LeaseStoreContract
{
    protected override ValueTask<IRuntimeStorage> CreateAsync() => ContractDatabase.OpenAsync(server);
}
