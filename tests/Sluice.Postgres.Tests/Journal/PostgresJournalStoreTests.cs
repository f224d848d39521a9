using Sluice.Storage;
using Sluice.Testing;

namespace Sluice.Postgres.Tests.Journal;

public sealed class PostgresJournalStoreTests(ServerFixture server) : JournalStoreContract
{
    protected override ValueTask<IRuntimeStorage> CreateAsync() => ContractDatabase.OpenAsync(server);
}
