using Xunit;

namespace Sluice.Testing;

/// <summary>What all contract suites share: how they race callers, and how long they wait.</summary>
public abstract class ContractSuite
{
    /// <summary>How many callers race in the tests of concurrency.</summary>
    protected const int Racers = 64;

    /// <summary>How often the tests of races run theirs: the more, the likelier two callers meet between looking and writing.</summary>
    protected const int Rounds = 20;

    /// <summary>How long a test waits for what must happen before it fails.</summary>
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>The running test's token.</summary>
    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A token that is cancelled already.</summary>
    protected static CancellationToken Cancelled { get; } = new(canceled: true);

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
