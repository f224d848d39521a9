using Sluice.Data.KeyValue;
using Sluice.Testing;

namespace Sluice.Data.Tests.KeyValue;

public sealed class MemoryKeyValueStoreTests : KeyValueStoreContract
{
    private static readonly MemoryKeyValueStore Store = new();

    protected override ValueTask<IKeyValueStore> CreateAsync() => new(Store);
}
