namespace Sluice.Evals.Tests.Running;

public sealed class EvalStopTests
{
    private static readonly TestCase Quick = Desk.Case("quick", [Desk.Call("look")], "look");
    private static readonly TestCase Hangs = Desk.Case("hangs", [Desk.Call("hang")], "hang");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stream_ThatIsCancelled_EndsWithFailed_AndCancelsItsRuns()
    {
        using var folder = new TemporaryFolder();
        var desk = new Desk();
        await using var runtime = desk.Open();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var told = new List<EvalEnvelope>();

        await foreach (var envelope in runtime.StreamEvalAsync(Desk.Request([Quick, Hangs], Desk.Config(1, 1), folder.Root), stop.Token))
        {
            told.Add(envelope);
            if (envelope.Data is not EvalSampleStartedData { CaseId: "hangs" }) continue;
            await desk.HangingAsync();
            await stop.CancelAsync();
        }

        told[^1].Data.ShouldBeOfType<EvalFailedData>().Error.ShouldSatisfyAllConditions(
            error => error.Code.ShouldBe(ErrorCodes.Cancelled), error => error.Message.ShouldBe("The eval was stopped after 1 of 2 samples."));
        (await runtime.ListRunsAsync(cancellationToken: Token)).Select(run => run.State).ShouldBe([RunState.Cancelled, RunState.Finished]);
        (await File.ReadAllLinesAsync(folder.PathOf("samples.ndjson"), Token)).Length.ShouldBe(2);
        File.Exists(folder.PathOf("artifact.json")).ShouldBeFalse();
    }

    [Fact]
    public async Task Reader_ThatLeaves_StopsTheEval_AndWhatEndedIsKept()
    {
        using var folder = new TemporaryFolder();
        var desk = new Desk();
        await using var runtime = desk.Open();
        var request = Desk.Request([Quick, Hangs], Desk.Config(1, 1), folder.Root);

        await foreach (var envelope in runtime.StreamEvalAsync(request, Token))
        {
            if (envelope.Data is EvalSampleStartedData { CaseId: "hangs" }) break;
        }

        (await runtime.ListRunsAsync(cancellationToken: Token)).ShouldAllBe(run => run.State != RunState.Running);
        (await File.ReadAllLinesAsync(folder.PathOf("samples.ndjson"), Token)).Length.ShouldBe(2);
    }

    [Fact]
    public async Task RunEval_ThatIsCancelled_Throws()
    {
        var desk = new Desk();
        await using var runtime = desk.Open();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);

        var running = runtime.RunEvalAsync(Desk.Request([Hangs], Desk.Config(1)), stop.Token);
        await desk.HangingAsync();
        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(running);
    }

    [Fact]
    public async Task Request_WithProblems_IsRefusedBeforeAnythingRuns_AllAtOnce()
    {
        using var folder = new TemporaryFolder();
        await using var runtime = new Desk().Open();
        var nothing = Define.TestCase("nothing", "Do nothing.", script: Script.Of(Script.Text("So.")));
        var request = Desk.Request([Quick, Quick, nothing], Desk.Config(0) with { TargetAgentId = "clark" }, folder.PathOf("eval"));

        var refused = await Should.ThrowAsync<SpecValidationException>(runtime.RunEvalAsync(request, Token));

        refused.Code.ShouldBe(ErrorCodes.InvalidEval);
        refused.Errors.Count.ShouldBeGreaterThanOrEqualTo(4);
        (await runtime.ListRunsAsync(cancellationToken: Token)).ShouldBeEmpty();
        Directory.Exists(folder.PathOf("eval")).ShouldBeFalse();
    }
}
