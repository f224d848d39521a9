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

    /// <summary>How often the tests of races run theirs: the more, the likelier two callers meet between looking and writing.</summary>
    protected const int Rounds = 20;

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

    /// <summary>Lets <see cref="Racers"/> callers begin at the same moment, on every processor, and waits for all of them.</summary>
    /// <param name="act">What each does, given its number from 0.</param>
    /// <returns>What they returned, by number.</returns>
    protected static async Task<T[]> RaceAsync<T>(Func<int, Task<T>> act)
    {
        var starters = Math.Clamp(Environment.ProcessorCount, 2, Racers);
        var waiting = starters;
        var racers = new Task<T>[Racers];
        await Task.WhenAll(Enumerable.Range(0, starters).Select(starter => Task.Factory.StartNew(
            () =>
            {
                // Spinning lets them go within nanoseconds of each other; a wake-up would take longer than the race.
                Interlocked.Decrement(ref waiting);
                while (Volatile.Read(ref waiting) > 0) Thread.SpinWait(1);
                for (var racer = starter; racer < Racers; racer += starters) racers[racer] = act(racer);
            },
            Token, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        return await Task.WhenAll(racers);
    }
}
