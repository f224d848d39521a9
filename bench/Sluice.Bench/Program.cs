using Sluice.Bench.Durable;
using Sluice.Bench.Evals;
using Sluice.Bench.Gates;
using Sluice.Bench.Journaling;
using Sluice.Bench.Live;
using Sluice.Bench.Loop;
using Sluice.Bench.Mcp;
using Sluice.Bench.Paths;
using Sluice.Bench.Plans;
using Sluice.Bench.Profiling;
using Sluice.Bench.Querying;
using Sluice.Bench.Resuming;
using Sluice.Bench.Searching;
using Sluice.Bench.Studio;
using Sluice.Bench.Traces;
using Sluice.Bench.Waiting;

if (args is [LiveServer.Command])
{
    await LiveServer.RunAsync();
    return 0;
}

if (args is [ToolServer.Command, var transport, var kind])
{
    await ToolServer.RunAsync(transport, kind);
    return 0;
}

var benchmarks = new Dictionary<string, Func<Task>>
{
    ["loop"] = LoopBenchmark.RunAsync,
    ["waiting"] = WaitingBenchmark.RunAsync,
    ["plans"] = PlanBenchmark.RunAsync,
    ["journal"] = JournalBenchmark.RunAsync,
    ["durable"] = DurableBenchmark.RunAsync,
    ["gates"] = GatesBenchmark.RunAsync,
    ["resume"] = ResumeBenchmark.RunAsync,
    ["traces"] = TraceBenchmark.RunAsync,
    ["mcp"] = McpBenchmark.RunAsync,
    ["disk"] = DiskBenchmark.RunAsync,
    ["live"] = LiveBenchmark.RunAsync,
    ["paths"] = PathsBenchmark.RunAsync,
    ["profile"] = ProfilingBenchmark.RunAsync,
    ["query"] = QueryBenchmark.RunAsync,
    ["evals"] = RunningBenchmark.RunAsync,
    ["search"] = SearchBenchmark.RunAsync,
    ["scoring"] = ScoringBenchmark.RunAsync,
    ["studio"] = StudioBenchmark.RunAsync,
    ["search-quality"] = SearchQuality.RunAsync,
    ["search-aside"] = SearchQuality.RunKeptAsideAsync,
    ["search-missed"] = SearchQuality.RunMissedAsync,
};
var chosen = args is [] or ["all"] ? [.. benchmarks.Keys] : args;
foreach (var name in chosen)
{
    if (!benchmarks.TryGetValue(name, out var run))
    {
        await Console.Error.WriteLineAsync($"There is no benchmark '{name}'. There are: {string.Join(", ", benchmarks.Keys)}, all.");
        return 2;
    }

    await run();
}

return 0;
