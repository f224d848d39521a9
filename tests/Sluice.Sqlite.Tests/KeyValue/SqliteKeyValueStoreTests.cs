using Sluice.Data;
using Sluice.Sqlite.KeyValue;
using Sluice.Testing;

namespace Sluice.Sqlite.Tests.KeyValue;

public sealed class SqliteKeyValueStoreTests : KeyValueStoreContract, IDisposable
{
    private readonly TemporaryStore _store = new();

    public void Dispose() => _store.Dispose();

    protected override ValueTask<IKeyValueStore> CreateAsync() => new(SqliteKeyValueStore.Open(_store.Path));
}
