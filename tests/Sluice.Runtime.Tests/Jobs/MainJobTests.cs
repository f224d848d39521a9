namespace Sluice.Runtime.Tests.Jobs;

public sealed class MainJobTests(ITestOutputHelper output)
{
    [Fact]
    public async Task QueryAsync_PlanApproved_DispatchesEveryActionAndTellsEachStep()
    {
        var shop = new Shop();
        await using var runtime = SluiceRuntime.Create(shop.Spec(), new() { Interpreter = Interpreter.Scripted, ActionDispatcher = shop.Handlers() });
        var events = new List<RuntimeEvent>();
        await foreach (var e in runtime.QueryAsync(Shop.PlanAndExecute(), threadId: "t-1", cancellationToken: TestContext.Current.CancellationToken))
        {
            events.Add(e);
            output.WriteLine(e.ToJson());
            if (e is ApprovalRequiredEvent gate)
                await runtime.RespondToApprovalAsync(gate.Id, ApprovalOutcome.Approve, feedback: "fine", decidedBy: "ana@acme.example");
        }

        shop.Effects.ShouldBe(["price boot-1 9.99", "promote boot-1,boot-2,boot-3,boot-4,boot-5 20"]);
        events.Select(e => e.Sequence).ShouldBe(Enumerable.Range(1, events.Count).Select(n => (long)n));
        events[^1].ShouldBeOfType<FinishEvent>().FinishReason.ShouldBe(FinishReason.Stop);
        (await runtime.GetPlanAsync("plan-1"))!.Status.ShouldBe(PlanStatus.Executed);
    }
}
