using Sluice.Storage;
using Sluice.Testing;

namespace Sluice.Runtime.Tests.Memory;

public sealed class MemoryReferenceStoreTests : ReferenceStoreContract
{
    protected override ValueTask<IRuntimeStorage> CreateAsync() => new(MemoryStorage.Create());
}
