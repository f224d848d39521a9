using Sluice.Storage;
using Sluice.Testing;

namespace Sluice.Postgres.Tests.Approvals;

public sealed class PostgresApprovalStoreTests(ServerFixture server) : ApprovalStoreContract
{
    protected override ValueTask<IRuntimeStorage> CreateAsync() => ContractDatabase.OpenAsync(server);
}
