using System.Text.Json;
using Sluice.Bench.Measuring;
using Sluice.Bench.Stores;
using Sluice.Storage;

namespace Sluice.Bench.Evals;

/// <summary>What an eval costs beside the runs in it, and what stays in memory of its samples.</summary>
internal static class RunningBenchmark
{
    private const int Cases = 100;
    private const int SamplesPerCase = 10;
    private const int AtOnce = 32;
    private const int CallsOfASample = 5;

    public static async Task RunAsync()
    {
        Table.Title(
            $"Evals: one scripted sample of {CallsOfASample} tool calls, {AtOnce} at once, scored and kept in a folder",
            "the same queries on the same runtime, every event read");
        using var folder = new StoreFolder();
        await CompareAsync("runs in memory", () => null, folder);
        await CompareAsync("runs in SQLite", () => folder.Open($"runs-{Guid.CreateVersion7():n}"), folder);
        Table.Title("Evals: live bytes at the end of an eval, before its artifact is written; runs in SQLite", "1 000 samples");
        var few = await LiveBytesAsync(folder, SamplesPerCase);
        Table.Row("10 000 samples, live bytes", few, await LiveBytesAsync(folder, 10 * SamplesPerCase));
    }

    private static async Task CompareAsync(string what, Func<IRuntimeStorage?> open, StoreFolder folder)
    {
        var cases = CreateCases();
        var costs = await Comparison.RunAsync(
            () => WithRuntimeAsync(open(), runtime => QueryAsync(runtime, cases)),
            () => WithRuntimeAsync(open(), runtime => EvaluateAsync(runtime, CreateRequest(cases, SamplesPerCase, folder))),
            Cases * SamplesPerCase, rounds: 9, warmUps: 12);
        Table.Costs(what, costs);
    }

    private static async Task WithRuntimeAsync(IRuntimeStorage? storage, Func<SluiceRuntime, Task> work)
    {
        await using (storage)
        {
            await using var runtime = EvalDesk.Open(storage);
            await work(runtime);
        }
    }

    private static Task QueryAsync(SluiceRuntime runtime, IReadOnlyList<TestCase> cases)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce };
        var prompts = cases.SelectMany(testCase => Enumerable.Repeat(testCase.Script!.Value.GetRawText(), SamplesPerCase));
        return Parallel.ForEachAsync(prompts, options, async (prompt, token) =>
        {
            await foreach (var runtimeEvent in runtime.QueryAsync(prompt, cancellationToken: token))
            {
                if (runtimeEvent is ErrorEvent failed) throw new InvalidOperationException(failed.Error.Message);
            }
        });
    }

    private static async Task EvaluateAsync(SluiceRuntime runtime, EvalRequest request)
    {
        await foreach (var envelope in runtime.StreamEvalAsync(request))
        {
            if (envelope.Data is EvalCompletedData completed) Check(completed.Summary);
        }
    }

    private static async Task<double> LiveBytesAsync(StoreFolder folder, int samplesPerCase)
    {
        var request = CreateRequest(CreateCases(), samplesPerCase, folder);
        var live = 0L;
        await WithRuntimeAsync(folder.Open($"runs-{samplesPerCase}"), async runtime =>
        {
            var before = Memory.Live();
            await foreach (var envelope in runtime.StreamEvalAsync(request))
            {
                if (envelope.Data is EvalProgressData progress && progress.Done == progress.Planned) live = Memory.Live() - before;
                if (envelope.Data is EvalCompletedData completed) Check(completed.Summary);
            }
        });
        return live;
    }

    private static EvalRequest CreateRequest(IReadOnlyList<TestCase> cases, int samplesPerCase, StoreFolder folder) => new()
    {
        Dataset = new() { Name = "bench", Cases = cases },
        Config = Define.EvalConfig(EvalMode.Specialist, samplesPerCase: samplesPerCase, concurrency: AtOnce),
        ArtifactFolder = folder.PathOf($"eval-{Guid.CreateVersion7():n}"),
        UseScripts = true,
    };

    private static List<TestCase> CreateCases() =>
    [
        .. Enumerable.Range(0, Cases).Select(index => Define.TestCase(
            $"case-{index}", "How many are there?",
            expectedTrajectory: [.. Enumerable.Range(0, CallsOfASample).Select(call => new ExpectedCall { Name = EvalDesk.Tool, Arguments = EvalDesk.Arguments(index, call) })],
            finalResponse: Define.FinalResponse([ResponseScorer.Contains("count", "17 pairs")]),
            script: Script.Of([.. Enumerable.Range(0, CallsOfASample).Select(call => Script.Call(EvalDesk.Tool, EvalDesk.Arguments(index, call))), Script.Text("There are 17 pairs.")]))),
    ];

    /// <summary>An eval that fails would measure something else.</summary>
    private static void Check(EvalSummary summary)
    {
        if (summary.Verdict != EvalVerdict.Passed) throw new InvalidOperationException(JsonSerializer.Serialize(summary.Totals));
    }
}
