using Sluice.Tests.Snippets;

namespace Sluice.Tests.Docs;

public sealed class RunningEvalsGuideTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CodeOfThePage_OnARealEval_DoesWhatThePageSays()
    {
        var folder = Directory.CreateTempSubdirectory("sluice-evals-guide-");
        try
        {
            await using var runtime = Open();
            var (good, bad) = (Path.Combine(folder.FullName, "good"), Path.Combine(folder.FullName, "bad"));
            var dataset = RunningEvalsGuide.Dataset();
            await using var console = new StringWriter();

            (await RunningEvalsGuide.RunAsync(runtime, dataset, good, console, Token)).ShouldBe(0);
            var told = console.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
            told[..^1].ShouldBe(["in-stock: passed", "reorder: passed"], ignoreOrder: true);
            told[^1].ShouldBe($"Passed, see {Path.Combine(good, "artifact.json")}");
            (await RunningEvalsGuide.ReadAsync(good)).ShouldBeEmpty();
            (await RunningEvalsGuide.RescoreAsync(good)).Summary.Verdict.ShouldBe(EvalVerdict.Passed);

            await using var worse = Open(new() { Turns = 1, WrapUp = false });
            await RunningEvalsGuide.RunAsync(worse, dataset, bad, console, Token);
            (await RunningEvalsGuide.ReadAsync(bad)).ShouldAllBe(line => line.Contains("reached its limit 'turns'"));
            (await RunningEvalsGuide.CompareAsync(good, bad)).ShouldBeTrue();
            await RunningEvalsGuide.AssertAsync(runtime, dataset.Cases[0]);
            (await Should.ThrowAsync<EvalFailedException>(RunningEvalsGuide.AssertAsync(worse, dataset.Cases[1]))).Message.ShouldContain("missing    order");

            var run = (await EvalArtifact.ReadAsync(good, Token)).Cases[0].Samples[0].TraceId!;
            (await RunningEvalsGuide.RecordAsync(runtime, run)).ExpectedTrajectory.ShouldNotBeNull().ShouldHaveSingleItem().Name.ShouldBe("stock");

            var opened = 0;
            var request = RunningEvalsGuide.WithOwnData(dataset, _ =>
            {
                Interlocked.Increment(ref opened);
                return Open();
            });
            (await runtime.RunEvalAsync(request, Token)).Summary.Verdict.ShouldBe(EvalVerdict.Passed);
            opened.ShouldBe(10);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static SluiceRuntime Open(Limits? limits = null) => SluiceRuntime.Create(
        Define.Runtime(Define.Tenant("acme", "v1"), [Define.Specialist("clerk", "model", "You keep the shop.", tools:
        [
            Define.Tool<Stock>("stock", "Counts.", (_, _) => Task.FromResult<object?>(new { count = 17 }), effect: ToolEffect.ReadOnly),
            Define.Tool<Order>("order", "Orders.", (_, _) => Task.FromResult<object?>(new { ordered = true })),
        ])]),
        new() { Interpreter = Interpreter.Scripted, Limits = limits ?? new() });

    private sealed record Stock(string Name);

    private sealed record Order(string Name, int Pairs);
}
