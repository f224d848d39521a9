using Sluice.Storage;
using Sluice.Testing;

namespace Sluice.Sqlite.Tests.Approvals;

public sealed class SqliteApprovalStoreTests : ApprovalStoreContract, IDisposable
{
    private readonly TemporaryStore _store = new();

    public void Dispose() => _store.Dispose();

    protected override ValueTask<IRuntimeStorage> CreateAsync() => new(_store.Open());
}
