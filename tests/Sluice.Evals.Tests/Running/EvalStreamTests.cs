using System.Text.Json;

namespace Sluice.Evals.Tests.Running;

public sealed class EvalStreamTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stream_OfTwoCases_TellsEverySampleInOneOrder()
    {
        await using var runtime = new Desk().Open();
        TestCase[] cases = [Desk.Case("good", [Desk.Call("look"), Script.Text("Seen.")], "look"), Desk.Case("bad", [Desk.Call("fail")], "look")];

        var envelopes = await runtime.StreamEvalAsync(Desk.Request(cases), Token).ToListAsync(Token);

        envelopes.Select(envelope => envelope.Sequence).ShouldBe(Enumerable.Range(1, envelopes.Count).Select(number => (long)number));
        envelopes.ShouldAllBe(envelope => envelope.RunId == envelopes[0].RunId && envelope.RunId.StartsWith("eval-"));
        envelopes[0].Data.ShouldBeOfType<EvalStartedData>().ShouldSatisfyAllConditions(
            started => started.Planned.ShouldBe(4), started => started.Cases.ShouldBe(2), started => started.AlreadyDone.ShouldBe(0));
        envelopes.CountBy(envelope => envelope.Type).ToDictionary().ShouldBe(
            new Dictionary<string, int>
            {
                ["started"] = 1,
                ["sample_started"] = 4,
                ["sample_completed"] = 4,
                ["case_completed"] = 2,
                ["progress"] = 4,
                ["completed"] = 1,
            },
            ignoreOrder: true);
        var summary = envelopes[^1].Data.ShouldBeOfType<EvalCompletedData>().Summary;
        summary.Verdict.ShouldBe(EvalVerdict.FailedQuality);
        summary.Totals.Passed.ShouldBe(2);
        envelopes.Select(envelope => envelope.Data).OfType<EvalProgressData>().Select(progress => progress.Done).ShouldBe([1, 2, 3, 4]);
    }

    [Fact]
    public async Task Envelope_AsJson_HoldsWhatItTells()
    {
        await using var runtime = new Desk().Open();
        var envelopes = await runtime.StreamEvalAsync(Desk.Request([Desk.Case("one", [Desk.Call("look")], "look")], Desk.Config(1)), Token).ToListAsync(Token);

        var lines = envelopes.Select(envelope => JsonElement.Parse(envelope.ToJson())).ToList();

        lines.Select(line => line.GetProperty("type").GetString()).ShouldBe(
            ["started", "sample_started", "sample_completed", "case_completed", "progress", "completed"]);
        lines[0].GetProperty("data").GetProperty("planned").GetInt32().ShouldBe(1);
        lines[2].GetProperty("data").GetProperty("result").GetProperty("output").GetProperty("trajectory")[0].GetProperty("name").GetString().ShouldBe("look");
        lines[5].GetProperty("data").GetProperty("summary").GetProperty("verdict").GetString().ShouldBe("passed");
    }

    [Fact]
    public async Task Samples_OfOneRuntime_RunOnThreadsOfTheirOwn()
    {
        await using var runtime = new Desk().Open();

        var artifact = await runtime.RunEvalAsync(Desk.Request([Desk.Case("one", [Desk.Call("look")], "look")], Desk.Config(5)), Token);

        var samples = artifact.Cases.ShouldHaveSingleItem().Samples;
        samples.Select(sample => sample.Sample).ShouldBe([1, 2, 3, 4, 5]);
        samples.Select(sample => sample.ThreadId).Distinct().Count().ShouldBe(5);
        foreach (var sample in samples)
            (await runtime.GetRunAsync(sample.TraceId!, Token)).ShouldNotBeNull().ThreadId.ShouldBe(sample.ThreadId);
    }

    [Theory]
    [InlineData(EvalApprovals.Approve, null, 1)]
    [InlineData(EvalApprovals.Reject, null, 0)]
    [InlineData(EvalApprovals.Approve, EvalApprovals.Reject, 0)]
    [InlineData(EvalApprovals.Reject, EvalApprovals.Approve, 1)]
    public async Task Approvals_AreAnsweredAsTheConfigSays_UnlessTheCaseSaysOtherwise(EvalApprovals config, EvalApprovals? ofCase, int posted)
    {
        var desk = new Desk { Approval = Approval.Always };
        await using var runtime = desk.Open();
        var testCase = Desk.Case("post", [Desk.Call("post")], "post") with { Approvals = ofCase };

        var artifact = await runtime.RunEvalAsync(Desk.Request([testCase], Desk.Config(1) with { Approvals = config }), Token);

        desk.Posted.Count.ShouldBe(posted);
        artifact.Cases[0].Samples[0].Scores.ShouldNotBeNull().Passed.ShouldBeTrue();
    }

    [Fact]
    public async Task Approvals_OfNamedApproversWithAQuorum_AreGivenInTheirNames()
    {
        var desk = new Desk { Approval = Approval.Always with { Approvers = ["ann", "ben", "cy"], Quorum = 2 } };
        await using var runtime = desk.Open();

        await runtime.RunEvalAsync(Desk.Request([Desk.Case("post", [Desk.Call("post")], "post")], Desk.Config(1)), Token);

        desk.Posted.ShouldBe(["boots"]);
        var asked = (await runtime.ListApprovalsAsync(new() { Status = ApprovalStatus.Decided }, Token)).ShouldHaveSingleItem();
        asked.Decisions.Select(decision => decision.DecidedBy).ShouldBe(["ann", "ben"]);
    }

    [Fact]
    public async Task Approvals_OfAQuorumOfAnyone_AreGivenByDifferentNames()
    {
        var desk = new Desk { Approval = Approval.Always with { Quorum = 3 } };
        await using var runtime = desk.Open();

        await runtime.RunEvalAsync(Desk.Request([Desk.Case("post", [Desk.Call("post")], "post")], Desk.Config(1)), Token);

        desk.Posted.ShouldBe(["boots"]);
    }
}
