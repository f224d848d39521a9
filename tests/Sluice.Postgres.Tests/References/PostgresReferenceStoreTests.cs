using Sluice.Storage;
using Sluice.Testing;

namespace Sluice.Postgres.Tests.References;

public sealed class PostgresReferenceStoreTests(ServerFixture server) : ReferenceStoreContract
{
    protected override ValueTask<IRuntimeStorage> CreateAsync() => ContractDatabase.OpenAsync(server);
}
