using Sluice.Bench.Measuring;
using Sluice.Bench.Stores;

namespace Sluice.Bench.Resuming;

/// <summary>What it costs to take up a long run in another process: how often each entry is read, and whether the time is linear.</summary>
internal static class ResumeBenchmark
{
    private const int Runs = 9;

    public static async Task RunAsync()
    {
        using var folder = new StoreFolder();
        await using var storage = folder.Open("resumed");
        Table.Title("Resuming a run from SQLite to its end, per entry that it had", "reading its entries from the store and their JSON");
        await MeasureAsync(storage, 50, isShown: false);
        foreach (var turns in (int[])[50, 500, 2_500]) await MeasureAsync(storage, turns, isShown: true);
    }

    private static async Task MeasureAsync(SqliteStorage storage, int turns, bool isShown)
    {
        var runs = await StoppedRuns.CreateAsync(storage, turns, Runs);
        var floors = new List<Cost>();
        var subjects = new List<Cost>();
        var (had, read) = (0L, 0L);
        foreach (var runId in runs)
        {
            var entries = (await storage.Journal.GetRunAsync(StoppedRuns.Tenant, runId, CancellationToken.None))!.LastEntry;
            var counts = new ReadCounts(runId);
            floors.Add(await Cost.MeasureAsync(() => StoppedRuns.ReadAsync(storage, runId), entries));
            await using var runtime = StoppedRuns.Create(new CountingStorage(storage, counts), turns);
            subjects.Add(await Cost.MeasureAsync(() => ResumeAsync(runtime, runId), entries));
            (had, read) = (had + entries, read + counts.Entries);
        }

        if (!isShown) return;
        var costs = new Comparison { Floor = Cost.Median(floors), Subject = Cost.Median(subjects) };
        Table.Row($"{had / Runs:N0} entries: read", had / Runs, (double)read / Runs);
        Table.Costs($"{had / Runs:N0} entries", costs);
    }

    private static async Task ResumeAsync(SluiceRuntime runtime, string runId)
    {
        var isFinished = false;
        await foreach (var runtimeEvent in runtime.ResumeAsync(runId)) isFinished |= runtimeEvent is FinishEvent { FinishReason: FinishReason.Stop };
        if (!isFinished) throw new InvalidOperationException($"Run '{runId}' did not finish.");
    }
}
