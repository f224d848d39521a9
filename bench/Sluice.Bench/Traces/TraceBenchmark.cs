using Sluice.Bench.Durable;
using Sluice.Bench.Measuring;
using Sluice.Bench.Resuming;
using Sluice.Bench.Stores;

namespace Sluice.Bench.Traces;

/// <summary>What it costs to tell a run as a trace, and whether that is linear.</summary>
internal static class TraceBenchmark
{
    public static async Task RunAsync()
    {
        using var folder = new StoreFolder();
        await using var storage = folder.Open("traced");
        Table.Title("Telling a run from SQLite as a trace, per entry", "reading its entries from the store and their JSON");
        foreach (var turns in (int[])[500, 5_000])
        {
            var runId = (await StoppedRuns.CreateAsync(storage, turns, 1))[0];
            await using var runtime = StoppedRuns.Create(storage, turns);
            var entries = (await runtime.GetRunAsync(runId))!.LastEntry;
            foreach (var includeContent in (bool[])[false, true])
            {
                var costs = await Comparison.RunAsync(
                    () => StoppedRuns.ReadAsync(storage, runId), () => TraceAsync(runtime, runId, includeContent), entries);
                Table.Costs($"{entries:N0} entries{(includeContent ? ", with content" : "")}", costs);
            }
        }
    }

    private static async Task TraceAsync(SluiceRuntime runtime, string runId, bool includeContent)
    {
        if (await runtime.GetTraceAsync(runId, includeContent) is not { Spans.Count: > 0 }) throw new InvalidOperationException($"Run '{runId}' has no trace.");
    }
}
