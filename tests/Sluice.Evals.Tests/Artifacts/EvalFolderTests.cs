using Sluice.Evals.Tests.Running;
using Sluice.Testing;

namespace Sluice.Evals.Tests.Artifacts;

public sealed class EvalFolderTests : IDisposable
{
    private static readonly TestCase Look = Desk.Case("look", [Desk.Call("look"), Script.Text("Seen.")], "look");
    private static readonly TestCase Bad = Desk.Case("bad", [Desk.Call("fail")], "look");

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Samples => _folder.PathOf("samples.ndjson");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Eval_InAFolder_GivesTheArtifactThatItWouldGiveInMemory()
    {
        await using var runtime = new Desk().Open();

        var kept = await runtime.RunEvalAsync(Request(), Token);
        var inMemory = await runtime.RunEvalAsync(Desk.Request([Look, Bad]), Token);

        kept.Cases.Select(result => (result.Case.Id, result.Passed, result.Score, result.Scored)).ShouldBe(
            inMemory.Cases.Select(result => (result.Case.Id, result.Passed, result.Score, result.Scored)));
        kept.Cases.SelectMany(result => result.Samples).Select(sample => (sample.CaseId, sample.Sample)).ShouldBe(
            [("look", 1), ("look", 2), ("bad", 1), ("bad", 2)]);
        kept.Summary.Totals.ShouldBe(inMemory.Summary.Totals);
        kept.DatasetHash.ShouldBe(inMemory.DatasetHash);
    }

    [Fact]
    public async Task Artifact_ReadAndWrittenAgain_IsTheSameFile()
    {
        await using var runtime = new Desk().Open();
        await runtime.RunEvalAsync(Request(), Token);

        await (await EvalArtifact.ReadAsync(_folder.Root, Token)).WriteAsync(_folder.PathOf("again.json"), Token);

        (await File.ReadAllTextAsync(_folder.PathOf("again.json"), Token)).ShouldBe(await File.ReadAllTextAsync(_folder.PathOf("artifact.json"), Token));
    }

    [Fact]
    public async Task Samples_OfAnEvalThatWasInterrupted_AreReadWithoutRunningOrChangingIt()
    {
        await using var runtime = new Desk().Open();
        await runtime.RunEvalAsync(Request(), Token);
        var lines = await File.ReadAllLinesAsync(Samples, Token);
        // The first sample ended twice, and the process was killed within a line.
        var written = string.Join('\n', lines[..3].Append(lines[1]).Append(lines[3][..20]));
        await File.WriteAllTextAsync(Samples, written, Token);

        var samples = await EvalArtifact.ReadSamplesAsync(_folder.Root, Token);

        samples.Select(sample => (sample.CaseId, sample.Sample)).ShouldBe([("look", 1), ("look", 2)]);
        (await File.ReadAllTextAsync(Samples, Token)).ShouldBe(written);
        (await EvalArtifact.ReadSamplesAsync(_folder.PathOf("nothing"), Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Samples_ThatAreBroken_AreRefusedWithTheirLine()
    {
        await using var runtime = new Desk().Open();
        await runtime.RunEvalAsync(Request(), Token);
        var lines = await File.ReadAllLinesAsync(Samples, Token);
        await File.WriteAllLinesAsync(Samples, [lines[0], "{}", lines[1]], Token);

        var refused = await Should.ThrowAsync<SluiceException>(EvalArtifact.ReadSamplesAsync(_folder.Root, Token));

        refused.Code.ShouldBe("invalid_artifact");
        refused.Message.ShouldContain("line 2");
    }

    [Fact]
    public async Task Eval_ThatWasInterrupted_RunsOnlyWhatIsMissing()
    {
        await using var runtime = new Desk().Open();
        await runtime.RunEvalAsync(Request(), Token);
        var lines = await File.ReadAllLinesAsync(Samples, Token);
        await File.WriteAllLinesAsync(Samples, lines[..3], Token);
        var before = (await runtime.ListRunsAsync(cancellationToken: Token)).Count;

        var envelopes = await runtime.StreamEvalAsync(Request(), Token).ToListAsync(Token);

        envelopes[0].Data.ShouldBeOfType<EvalStartedData>().AlreadyDone.ShouldBe(2);
        envelopes[0].RunId.ShouldBe((await EvalArtifact.ReadAsync(_folder.Root, Token)).EvalRunId);
        envelopes.Count(envelope => envelope.Data is EvalSampleStartedData).ShouldBe(2);
        (await runtime.ListRunsAsync(cancellationToken: Token)).Count.ShouldBe(before + 2);
        (await File.ReadAllLinesAsync(Samples, Token))[..3].ShouldBe(lines[..3]);
        envelopes[^1].Data.ShouldBeOfType<EvalCompletedData>().Summary.Totals.Scored.ShouldBe(4);
    }

    [Fact]
    public async Task Eval_ThatHasEnded_RunsNothingAgain()
    {
        await using var runtime = new Desk().Open();
        var first = await runtime.RunEvalAsync(Request(), Token);
        var before = (await runtime.ListRunsAsync(cancellationToken: Token)).Count;

        var again = await runtime.RunEvalAsync(Request(), Token);

        (await runtime.ListRunsAsync(cancellationToken: Token)).Count.ShouldBe(before);
        again.Summary.Totals.ShouldBe(first.Summary.Totals);
        again.StartedAt.ShouldBe(first.StartedAt);
    }

    [Theory]
    [InlineData("{\"caseId\":\"bad\",\"sam")]
    [InlineData("{\"caseId\":\"bad\"}")]
    public async Task LastLine_ThatIsTorn_IsCutOff_AndItsSampleRunsAgain(string torn)
    {
        await using var runtime = new Desk().Open();
        await runtime.RunEvalAsync(Request(), Token);
        var lines = await File.ReadAllLinesAsync(Samples, Token);
        await File.WriteAllTextAsync(Samples, string.Join('\n', [.. lines[..4], torn]), Token);

        var artifact = await runtime.RunEvalAsync(Request(), Token);

        artifact.Summary.Totals.Scored.ShouldBe(4);
        var after = await File.ReadAllLinesAsync(Samples, Token);
        after.Length.ShouldBe(5);
        after[..4].ShouldBe(lines[..4]);
    }

    [Fact]
    public async Task Samples_OfLinesLongerThanAnyBuffer_AreReadBack()
    {
        var wordy = Desk.Case("wordy", [Desk.Call("look", new string('x', 300_000)), Desk.Call("look")], "look", "look");
        await using var runtime = new Desk().Open();
        var request = Desk.Request([wordy], Desk.Config(3), _folder.Root);
        var first = await runtime.RunEvalAsync(request, Token);

        var again = await runtime.StreamEvalAsync(request, Token).ToListAsync(Token);

        first.Cases[0].Samples.ShouldAllBe(sample => sample.Output!.Trajectory[0].Arguments!.Value.GetProperty("name").GetString()!.Length == 300_000);
        again[0].Data.ShouldBeOfType<EvalStartedData>().AlreadyDone.ShouldBe(3);
    }

    [Fact]
    public async Task Samples_ThatWereErrored_RunAgain_AndTheLaterResultCounts()
    {
        await using var runtime = new Desk().Open();
        var isDown = true;
        var request = Desk.Request([Look], Desk.Config(3), _folder.Root) with
        {
            Subjects = (sample, _) => isDown && sample.Sample == 2
                ? throw new SluiceException(ErrorCodes.StoreUnavailable, "Away.")
                : Task.FromResult(new EvalSubject(runtime)),
        };
        (await runtime.RunEvalAsync(request, Token)).Summary.Verdict.ShouldBe(EvalVerdict.FailedInfrastructure);

        isDown = false;
        var envelopes = await runtime.StreamEvalAsync(request, Token).ToListAsync(Token);

        envelopes.Select(envelope => envelope.Data).OfType<EvalSampleStartedData>().ShouldHaveSingleItem().Sample.ShouldBe(2);
        var artifact = await EvalArtifact.ReadAsync(_folder.Root, Token);
        artifact.Summary.Verdict.ShouldBe(EvalVerdict.Passed);
        artifact.Cases[0].Samples.ShouldAllBe(sample => sample.Error == null);
    }

    [Fact]
    public async Task Samples_ThatAJudgeGaveNoVerdictOn_AreJudgedAgain_WithoutRunningTheAgent()
    {
        await using var runtime = new Desk().Open();
        var judged = Look with { FinalResponse = Define.FinalResponse([ResponseScorer.Judge("polite", "The answer is polite.")]) };
        var request = Desk.Request([judged], Desk.Config(1) with { Model = "judge-1", Limits = new() { JudgeRetries = 0 } }, _folder.Root);
        var unwell = request with { JudgeClient = FunctionChatClient.Replies("Hm.", "Well.", "So.") };
        (await runtime.RunEvalAsync(unwell, Token)).Summary.Totals.Unjudged.ShouldBe(1);
        var runs = (await runtime.ListRunsAsync(cancellationToken: Token)).Count;

        var well = request with { JudgeClient = FunctionChatClient.Replies("""{"passed":true,"selectedRubricScore":1,"reason":"It is."}""") };
        var artifact = await runtime.RunEvalAsync(well, Token);

        artifact.Summary.Verdict.ShouldBe(EvalVerdict.Passed);
        (await runtime.ListRunsAsync(cancellationToken: Token)).Count.ShouldBe(runs);
    }

    [Fact]
    public async Task Folder_OfAnotherEval_IsRefused_NamingAllThatDiffers()
    {
        await using var runtime = new Desk().Open();
        await runtime.RunEvalAsync(Request(), Token);
        var lines = await File.ReadAllTextAsync(Samples, Token);
        var other = Desk.Request([Look], Desk.Config() with { PassThreshold = 0.9 }, _folder.Root) with { EvalRunId = "eval-other" };

        var refused = await Should.ThrowAsync<SpecValidationException>(runtime.RunEvalAsync(other, Token));

        refused.Code.ShouldBe(ErrorCodes.InvalidEval);
        refused.Errors.Select(error => error.Path).ShouldBe(["evalRunId", "dataset", "config.passThreshold"]);
        refused.Message.ShouldContain("passThreshold 0.7, not passThreshold 0.9");
        (await File.ReadAllTextAsync(Samples, Token)).ShouldBe(lines);
    }

    [Fact]
    public async Task Folder_OfTheSameEval_MayGoOnWithAnotherConcurrencyAndCostLimit()
    {
        await using var runtime = new Desk().Open();
        await runtime.RunEvalAsync(Request(), Token);

        var artifact = await runtime.RunEvalAsync(Request(Desk.Config(concurrency: 7) with { Limits = new() { CostUsd = 9 } }), Token);

        artifact.Config.Concurrency.ShouldBe(7);
    }

    [Fact]
    public async Task Folder_ThatAnotherEvalUses_IsRefused()
    {
        var desk = new Desk();
        await using var runtime = desk.Open();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var request = Desk.Request([Desk.Case("hangs", [Desk.Call("hang")], "hang")], Desk.Config(1), _folder.Root);
        var running = runtime.RunEvalAsync(request, stop.Token);
        await desk.HangingAsync();

        (await Should.ThrowAsync<SluiceException>(runtime.RunEvalAsync(request, Token))).Code.ShouldBe(ErrorCodes.StoreBusy);

        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(running);
    }

    [Theory]
    [InlineData("A list of things", ErrorCodes.InvalidArtifact)]
    [InlineData("{\"version\":1}\n", ErrorCodes.InvalidArtifact)]
    [InlineData("{\"version\":99}\n", ErrorCodes.InvalidArtifact)]
    [InlineData("[]\n", ErrorCodes.InvalidArtifact)]
    public async Task Samples_ThatAreNone_AreRefused_AndStayAsTheyAre(string text, string code)
    {
        await using var runtime = new Desk().Open();
        await File.WriteAllTextAsync(Samples, text, Token);

        (await Should.ThrowAsync<SluiceException>(runtime.RunEvalAsync(Request(), Token))).Code.ShouldBe(code);

        (await File.ReadAllTextAsync(Samples, Token)).ShouldBe(text);
    }

    [Fact]
    public async Task Samples_WithABrokenLineInTheMiddle_AreRefusedNamingIt()
    {
        await using var runtime = new Desk().Open();
        await runtime.RunEvalAsync(Request(), Token);
        var lines = await File.ReadAllLinesAsync(Samples, Token);
        lines[2] = lines[2][..20];
        await File.WriteAllLinesAsync(Samples, lines, Token);

        (await Should.ThrowAsync<SluiceException>(runtime.RunEvalAsync(Request(), Token))).Message.ShouldContain("line 3");
    }

    private EvalRequest Request(EvalConfig? config = null) => Desk.Request([Look, Bad], config, _folder.Root);
}
