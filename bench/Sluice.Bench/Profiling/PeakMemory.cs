using System.Diagnostics;

namespace Sluice.Bench.Profiling;

/// <summary>The most memory that the process had while it was watched, looked at a hundred times a second.</summary>
internal sealed class PeakMemory
{
    public long ManagedBytes { get; private set; }

    public long ResidentBytes { get; private set; }

    public async Task WatchAsync(Func<Task> work)
    {
        using var stop = new CancellationTokenSource();
        var watching = WatchAsync(stop.Token);
        await work();
        await stop.CancelAsync();
        await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        using var process = Process.GetCurrentProcess();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            process.Refresh();
            ManagedBytes = Math.Max(ManagedBytes, GC.GetTotalMemory(forceFullCollection: false));
            ResidentBytes = Math.Max(ResidentBytes, process.WorkingSet64);
        }
    }
}
