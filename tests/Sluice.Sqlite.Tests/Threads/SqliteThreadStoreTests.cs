using Sluice.Storage;
using Sluice.Testing;

namespace Sluice.Sqlite.Tests.Threads;

public sealed class SqliteThreadStoreTests : ThreadStoreContract, IDisposable
{
    private readonly TemporaryStore _store = new();

    public void Dispose() => _store.Dispose();

    protected override ValueTask<IRuntimeStorage> CreateAsync() => new(_store.Open());
}
