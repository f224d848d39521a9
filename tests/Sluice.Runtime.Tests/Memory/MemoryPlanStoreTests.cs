using Sluice.Storage;
using Sluice.Testing;

namespace Sluice.Runtime.Tests.Memory;

public sealed class MemoryPlanStoreTests : PlanStoreContract
{
    protected override ValueTask<IRuntimeStorage> CreateAsync() => new(MemoryStorage.Create());
}
