using System.Text.Json;

namespace Sluice.Evals.Tests.Running;

public sealed class EvalAssertTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AssertPasses_OfACaseThatPasses_DoesNothing()
    {
        await using var runtime = new Desk().Open();

        await Eval.AssertPassesAsync(runtime, Desk.Case("look", [Desk.Call("look")], "look"), Define.EvalConfig(EvalMode.Specialist), Token);
    }

    [Fact]
    public async Task AssertPasses_OfACaseThatDoesNot_ShowsExpectedBesideActual()
    {
        await using var runtime = new Desk().Open();
        var testCase = Define.TestCase(
            "two-looks", "Look twice.", script: Script.Of(Desk.Call("look", "shoes"), Script.Text("Seen\nonce.")),
            expectedTrajectory: [new() { Name = "look", Arguments = JsonElement.Parse("""{"name":"boots"}""") }, "post"],
            finalResponse: Define.FinalResponse([ResponseScorer.Contains("twice", "twice")]));

        var failed = await Should.ThrowAsync<EvalFailedException>(Eval.AssertPassesAsync(runtime, testCase, cancellationToken: Token));

        failed.Result.Case.Id.ShouldBe("two-looks");
        failed.Message.ReplaceLineEndings("\n").Replace(failed.Result.Samples[0].TraceId!, "RUN", StringComparison.Ordinal).ShouldStartWith(
            """
            Case 'two-looks' did not pass: 0 of 1 samples passed, its score is 0, and 0.5 is needed.
            Sample 1: score 0, and 0.7 is needed (run RUN)
              trajectory: 0, unordered
                expected   look → post
                actual     look
                missing    look {"name":"boots"}
                missing    post
                unexpected look {"name":"shoes"}
              final_response: 0
                twice: scored 0.
            """.ReplaceLineEndings("\n"));
        failed.Message.ShouldContain("""response   "Seen\nonce.""");
    }

    [Fact]
    public async Task AssertPasses_OfARunThatCouldNotBeMade_SaysWhy()
    {
        await using var runtime = new Desk().Open();
        var request = Desk.Request([Desk.Case("look", [Desk.Call("look")], "look")], Desk.Config(1)) with
        {
            Subjects = (_, _) => throw new SluiceException(ErrorCodes.StoreUnavailable, "Away."),
        };

        var failed = await Should.ThrowAsync<EvalFailedException>(Eval.AssertPassesAsync(runtime, request, Token));

        failed.Message.ShouldContain("it has no score");
        failed.Message.ShouldContain("Sample 1: could not be run");
        failed.Message.ShouldContain("store_unavailable: What the sample runs on could not be opened. Away.");
    }
}
