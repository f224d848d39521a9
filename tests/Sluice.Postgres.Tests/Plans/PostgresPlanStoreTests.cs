using Sluice.Storage;
using Sluice.Testing;

namespace Sluice.Postgres.Tests.Plans;

public sealed class PostgresPlanStoreTests(ServerFixture server) : PlanStoreContract
{
    protected override ValueTask<IRuntimeStorage> CreateAsync() => ContractDatabase.OpenAsync(server);
}
