using System.Text.Json;

namespace Sluice.Tests.Snippets;

public static class RunningEvalsGuide
{
    public static EvalDataset Dataset()
    {
        // snippet: evals-cases
        TestCase[] cases =
        [
            Define.TestCase("in-stock", "Are there boots?",
                expectedTrajectory: ["stock"],
                finalResponse: Define.FinalResponse([ResponseScorer.Regex("yes", "(?i)yes")]),
                script: Script.Of(Script.Call("stock", new { name = "boots" }), Script.Text("Yes, 17 pairs."))),
            Define.TestCase("reorder", "Order ten pairs of shoes.",
                expectedTrajectory: [new() { Name = "order", Arguments = JsonElement.Parse("""{"name":"shoes","pairs":10}""") }],
                trajectoryMode: TrajectoryMode.Superset,
                script: Script.Of(Script.Call("stock", new { name = "shoes" }), Script.Call("order", new { name = "shoes", pairs = 10 }), Script.Text("Ordered."))),
        ];
        var dataset = new EvalDataset
        {
            Name = "shop",
            Cases = cases,
            Config = Define.EvalConfig(EvalMode.Specialist, samplesPerCase: 5, concurrency: 4),
        };
        // end
        return dataset;
    }

    public static async Task<int> RunAsync(SluiceRuntime runtime, EvalDataset dataset, string folder, TextWriter console, CancellationToken cancellationToken)
    {
        // snippet: evals-run
        var request = new EvalRequest { Dataset = dataset, ArtifactFolder = folder, UseScripts = true };
        await foreach (var envelope in runtime.StreamEvalAsync(request, cancellationToken))
            switch (envelope.Data)
            {
                case EvalCaseCompletedData done: console.WriteLine($"{done.CaseId}: {(done.Passed ? "passed" : "failed")}"); break;
                case EvalCompletedData completed: console.WriteLine($"{completed.Summary.Verdict}, see {completed.ArtifactPath}"); break;
                case EvalFailedData failed: console.WriteLine(failed.Error); return 1;
            }
        // end
        return 0;
    }

    public static async Task<IReadOnlyList<string>> ReadAsync(string folder)
    {
        var lines = new List<string>();

        // snippet: evals-read
        var artifact = await EvalArtifact.ReadAsync(folder);
        foreach (var result in artifact.Cases.Where(result => !result.Passed))
            foreach (var sample in result.Samples.Where(sample => sample.Scores is not { Passed: true }))
                lines.Add($"{sample.CaseId}/{sample.Sample}: {sample.Error?.Message ?? sample.Output?.Response} ({sample.TraceId})");
        // end

        return lines;
    }

    public static async Task<bool> CompareAsync(string before, string after)
    {
        // snippet: evals-compare
        var comparison = EvalComparer.Compare(await EvalArtifact.ReadAsync(before), await EvalArtifact.ReadAsync(after));
        var isWorse = comparison.HasRegression;
        // end
        return isWorse;
    }

    public static async Task<EvalArtifact> RescoreAsync(string folder)
    {
        // snippet: evals-rescore
        var artifact = await EvalArtifact.ReadAsync(folder);
        var stricter = artifact.Rescore(artifact.Config with { PassThreshold = 0.9 });
        // end
        return stricter;
    }

    public static async Task AssertAsync(SluiceRuntime runtime, TestCase testCase)
    {
        // snippet: evals-assert
        await Eval.AssertPassesAsync(runtime, testCase, Define.EvalConfig(EvalMode.Specialist, samplesPerCase: 1));
        // end
    }

    public static async Task<TestCase> RecordAsync(SluiceRuntime runtime, string runId)
    {
        // snippet: evals-case-from-run
        var testCase = await runtime.CreateTestCaseAsync(runId, id: "boots-in-march");
        // end
        return testCase;
    }

    public static EvalRequest WithOwnData(EvalDataset dataset, Func<string, SluiceRuntime> openRuntime)
    {
        // snippet: evals-subjects
        var request = new EvalRequest
        {
            Dataset = dataset,
            UseScripts = true,
            Subjects = (sample, cancellationToken) =>
            {
                var folder = Directory.CreateTempSubdirectory($"{sample.TestCaseId}-{sample.Sample}-");
                var runtime = openRuntime(folder.FullName);
                return Task.FromResult(new EvalSubject(runtime, async () =>
                {
                    await runtime.DisposeAsync();
                    folder.Delete(recursive: true);
                }));
            },
        };
        // end
        return request;
    }
}
