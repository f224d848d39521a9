using System.Text.Json;
using Sluice.Evals.Tests.Running;

namespace Sluice.Evals.Tests.Recording;

public sealed class RunRecordingTests
{
    private static readonly TestCase Reprice = Define.TestCase(
        "reprice", "Reprice the boots.", script: Shop.Reprice(),
        expectedTrajectory: ["call_agent", "find", "store_plan", "call_agent", "execute_plan"], trajectoryMode: TrajectoryMode.Strict,
        expectedActions: Define.ExpectedActions(
            planned: [PriceChange, Promotion("""{"kind":"ProductSet","glimpse":{"count":2}}""")],
            executed: [PriceChange, Promotion("""{"kind":"ProductSet","glimpse":{"count":2}}""")]),
        finalResponse: Define.FinalResponse([ResponseScorer.Exact("said", "Repriced.")]));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static EvalAction PriceChange => new() { Kind = "price_change", Payload = JsonElement.Parse("""{"id":"boots-1","price":9.5}""") };

    [Fact]
    public async Task Run_OfSeveralAgents_IsRecordedWhole()
    {
        await using var runtime = Shop.Open();

        var sample = await RunAsync(runtime, Reprice);

        var output = sample.Output.ShouldNotBeNull();
        output.Trajectory.Select(call => (call.Name, call.Agent, call.Depth, call.Turn)).ShouldBe(
        [
            ("call_agent", "boss", 0, 1), ("find", "planner", 1, 2), ("store_plan", "planner", 1, 3), ("call_agent", "boss", 0, 5), ("execute_plan", "executor", 1, 6),
        ]);
        output.Trajectory.ShouldAllBe(call => call.Result != null && call.Error == null && call.DurationMs >= 0 && call.Arguments != null);
        output.Response.ShouldBe("Repriced.");
        sample.ModelInvocations.Select(call => call.Agent).ShouldBe(["boss", "planner", "planner", "planner", "boss", "executor", "executor", "boss"]);
        sample.Scores.ShouldNotBeNull().Components.ShouldAllBe(component => component.Score == 1);
        sample.Scores.Score.ShouldBe(1);
    }

    [Theory]
    [InlineData(ReferenceProjection.Glimpse, """{"kind":"ProductSet","glimpse":{"count":2}}""")]
    [InlineData(ReferenceProjection.Value, """{"kind":"ProductSet","value":{"ids":["boots-1","boots-2"]}}""")]
    public async Task Handles_InPayloads_StandAsTheConfigSays(ReferenceProjection projection, string expected)
    {
        await using var runtime = Shop.Open();

        var sample = await RunAsync(runtime, Reprice, projection);

        Products(sample).GetRawText().ShouldBe(expected);
    }

    [Fact]
    public async Task Handles_AsTheAgentWroteThem_NameWhatIsStored()
    {
        await using var runtime = Shop.Open();

        var handle = ReferenceHandle.Find(Products(await RunAsync(runtime, Reprice, ReferenceProjection.Handle))).ShouldNotBeNull();

        (await runtime.ResolveReferenceAsync(handle, Token)).GetProperty("ids").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task Actions_ThatWereUndone_WerePlanned_AndAreNotExecuted()
    {
        await using var runtime = Shop.Open(promotionsFail: true);

        var output = (await RunAsync(runtime, Reprice)).Output.ShouldNotBeNull();

        output.PlannedActions.Select(action => action.Kind).ShouldBe(["price_change", "promotion"]);
        output.ExecutedActions.ShouldBeEmpty();
    }

    [Fact]
    public async Task Plan_ThatWasNotApproved_IsPlanned_AndNotExecuted()
    {
        await using var runtime = Shop.Open();

        var output = (await RunAsync(runtime, Reprice with { Approvals = EvalApprovals.Reject })).Output.ShouldNotBeNull();

        output.PlannedActions.Count.ShouldBe(2);
        output.ExecutedActions.ShouldBeEmpty();
    }

    [Fact]
    public async Task Case_MadeOfARun_PassesOnARunLikeIt_AndFailsOnAnother()
    {
        await using var first = Shop.Open();
        var events = await first.QueryAsync(Shop.Reprice(), cancellationToken: Token).AnsweredBy(first).ToListAsync(Token);

        var testCase = await first.CreateTestCaseAsync(events[0].RunId, "reprice", Token);

        testCase.Input.ShouldBe(Shop.Reprice().ToString());
        testCase.Tags.ShouldBe(["from_run"]);
        testCase.SourceThreadId.ShouldBe(events[0].ThreadId);
        testCase.ExpectedTrajectory.ShouldNotBeNull().Select(call => (call.Name, call.Arguments?.GetRawText())).ShouldBe(
            [("call_agent", null), ("find", """{"name":"boots"}"""), ("store_plan", null), ("call_agent", null), ("execute_plan", null)]);
        await using var second = Shop.Open();
        (await RunAsync(second, testCase)).Scores.ShouldNotBeNull().Score.ShouldBe(1);
        await using var third = Shop.Open();
        var other = await RunAsync(third, testCase with { Input = Shop.Reprice(percent: 25) });
        other.Scores.ShouldNotBeNull().Components.Single(component => component.Component == EvalComponent.PlannedActions)
            .Actions!.Differences.ShouldHaveSingleItem().ShouldContain("/percent: 20 expected, 25 found");
    }

    [Theory]
    [InlineData("""{"name":"plan-0123456789abcdef"}""")]
    [InlineData("""{"name":"see 8f14e45f-ceea-467f-ab6b-0f3f5a4f6a01"}""")]
    public async Task Case_MadeOfARunWithIdsInArguments_LeavesThemOut(string arguments)
    {
        await using var runtime = new Desk().Open();
        var name = JsonElement.Parse(arguments).GetProperty("name").GetString()!;
        var events = await runtime.QueryAsync(Script.Of(Desk.Call("look", name)), cancellationToken: Token).ToListAsync(Token);

        (await runtime.CreateTestCaseAsync(events[0].RunId, cancellationToken: Token)).ExpectedTrajectory.ShouldNotBeNull()
            .ShouldHaveSingleItem().Arguments.ShouldBeNull();
    }

    [Fact]
    public async Task Case_OfARunThatIsNot_IsRefused()
    {
        await using var runtime = new Desk().Open();

        (await Should.ThrowAsync<SluiceException>(runtime.CreateTestCaseAsync("run-none", cancellationToken: Token))).Code.ShouldBe(ErrorCodes.RunNotFound);
    }

    private static EvalAction Promotion(string products) =>
        new() { Kind = "promotion", Payload = JsonElement.Parse($$"""{"products":{{products}},"percent":20}""") };

    private static JsonElement Products(SampleResult sample) => sample.Output!.PlannedActions[1].Payload.GetProperty("products");

    private static async Task<SampleResult> RunAsync(
        SluiceRuntime runtime, TestCase testCase, ReferenceProjection projection = ReferenceProjection.Glimpse)
    {
        var config = Define.EvalConfig(samplesPerCase: 1, scorerConfig: new() { References = projection });
        var request = new EvalRequest { Dataset = new() { Name = "shop", Cases = [testCase] }, Config = config, UseScripts = testCase.Script is not null };
        return (await runtime.RunEvalAsync(request, Token)).Cases[0].Samples[0];
    }
}

internal static class Answering
{
    /// <summary>Approves whatever a run asks.</summary>
    public static async IAsyncEnumerable<RuntimeEvent> AnsweredBy(this IAsyncEnumerable<RuntimeEvent> events, SluiceRuntime runtime)
    {
        await foreach (var runtimeEvent in events)
        {
            if (runtimeEvent is ApprovalRequiredEvent asked) await runtime.RespondToApprovalAsync(asked.Id, ApprovalOutcome.Approve);
            yield return runtimeEvent;
        }
    }
}
