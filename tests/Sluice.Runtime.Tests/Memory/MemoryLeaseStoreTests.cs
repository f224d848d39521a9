using Sluice.Storage;
using Sluice.Testing;

namespace Sluice.Runtime.Tests.Memory;

public sealed class MemoryLeaseStoreTests : LeaseStoreContract
{
    protected override ValueTask<IRuntimeStorage> CreateAsync() => new(MemoryStorage.Create());
}
