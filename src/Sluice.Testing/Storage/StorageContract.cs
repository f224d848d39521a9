using System.Security.Cryptography;
using Sluice.Storage;
using Xunit;

namespace Sluice.Testing;

/// <summary>What the contract suites of all storage ports share. A store's tests derive from each suite and say how to make the storage.</summary>
/// <remarks>Every test works with tenants of its own, so <see cref="CreateAsync"/> may open one database again and again.</remarks>
public abstract class StorageContract
{
    /// <summary>How many callers race in the tests of concurrency.</summary>
    protected const int Racers = 64;

    /// <summary>How long a test waits for what must happen before it fails.</summary>
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string _suffix = RandomNumberGenerator.GetHexString(12, lowercase: true);

    /// <summary>The tenant that a test works with.</summary>
    protected TenantSpec Tenant => new() { ResourceId = $"tenant-a-{_suffix}", Version = "1" };

    /// <summary>A tenant that must not see anything of <see cref="Tenant"/>.</summary>
    protected TenantSpec OtherTenant => new() { ResourceId = $"tenant-b-{_suffix}", Version = "1" };

    /// <summary>The running test's token.</summary>
    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A token that is cancelled already.</summary>
    protected static CancellationToken Cancelled { get; } = new(canceled: true);

    /// <summary>The two tenants of one generated operation sequence, apart from those of the others.</summary>
    private protected TenantSpec[] TenantsOf(int sequence) =>
        [Tenant with { ResourceId = $"{Tenant.ResourceId}-{sequence}" }, OtherTenant with { ResourceId = $"{OtherTenant.ResourceId}-{sequence}" }];

    /// <summary>Opens the storage under test. The test disposes it. Skip the test here when a server it needs is missing.</summary>
    protected abstract ValueTask<IRuntimeStorage> CreateAsync();

    /// <summary>Lets <see cref="Racers"/> callers begin at the same moment and waits for all of them.</summary>
    /// <param name="act">What each does, given its number from 0.</param>
    /// <returns>What they returned, by number.</returns>
    protected static async Task<T[]> RaceAsync<T>(Func<int, Task<T>> act)
    {
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var racers = Enumerable.Range(0, Racers).Select(async number =>
        {
            await start.Task;
            return await act(number);
        }).ToArray();
        start.SetResult();
        return await Task.WhenAll(racers);
    }
}
