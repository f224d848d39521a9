using System.Collections.Concurrent;
using Sluice.Runtime.Memory;
using Sluice.Storage;
using Sluice.Testing;

namespace Sluice.Runtime.Tests.Plans;

public sealed class PlanLifecycleLawTests
{
    private static readonly PlanSpec Plan = Define.Plan("P", Planning.AnyActions);

    private static readonly HashSet<(PlanStatus, PlanStatus)> Diagram =
    [
        (PlanStatus.Draft, PlanStatus.Draft), (PlanStatus.Draft, PlanStatus.Approved), (PlanStatus.Approved, PlanStatus.Executing),
        (PlanStatus.Executing, PlanStatus.Executed), (PlanStatus.Executing, PlanStatus.Failed),
    ];

    [Fact]
    public async Task Plans_RandomOperations_NeverLeaveTheDiagram()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var round = 0; round < 25; round++)
        {
            var dispatcher = new WholePlan((_, _) => random.Next(2) == 0 ? throw new InvalidOperationException("no") : Task.FromResult<ActionResult?>(null));
            await using var runtime = Planning.Open(Plan, dispatcher);
            var executed = 0;
            for (var step = 0; step < 8; step++)
            {
                var before = (await runtime.GetPlanAsync("plan-1"))?.Status;
                await OperateAsync(runtime, random);
                var after = (await runtime.GetPlanAsync("plan-1"))?.Status;
                if (before is PlanStatus.Executed or PlanStatus.Failed) after.ShouldBe(before, $"seed {seed}, round {round}, step {step}");
                if (after is PlanStatus.Executed or PlanStatus.Failed) executed = 1;
            }

            dispatcher.Calls.ShouldBe(executed, $"seed {seed}, round {round}");
            if (await runtime.GetPlanAsync("plan-1") is not { } plan) continue;
            AssertInDiagram(plan, $"seed {seed}, round {round}");
        }
    }

    [Fact]
    public async Task Plans_ManyExecutionsOfOneAtOnce_ExactlyOneDispatches()
    {
        var applied = new ConcurrentQueue<string>();
        await using var storage = new FaultyStorage(MemoryStorage.Create()).Before(StorageOperation.UpdatePlan, async _ => await Task.Yield());
        var dispatcher = new WholePlan((_, context) =>
        {
            applied.Enqueue(context.RunId);
            return Task.FromResult<ActionResult?>(null);
        });
        await using var runtime = Planning.Open(Plan, dispatcher, Approval.Never, storage);
        await Planning.StoreAsync(runtime, new { actions = new[] { new { kind = "a" } } });
        var runs = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Planning.ExecuteAsync(runtime)));
        var codes = new List<string?>();
        foreach (var run in runs) codes.Add((await run.EndedAsync()).ResultsOf("execute_plan").Single().Error?.Code);
        applied.ShouldHaveSingleItem();
        codes.Count(code => code is null).ShouldBe(1);
        codes.OfType<string>().ShouldAllBe(code => code == "plan_status_conflict");
        AssertInDiagram((await runtime.GetPlanAsync("plan-1"))!, "race");
    }

    [Fact]
    public async Task Plans_ManyStoresOfOneAtOnce_EachMakesItsOwnVersion()
    {
        await using var runtime = Planning.Open(Plan);
        var stored = await Task.WhenAll(Enumerable.Range(0, 32).Select(n => Planning.StoreAsync(runtime, new { actions = new[] { new { kind = "a", n } } })));
        stored.Select(events => events.ResultOf("store_plan").GetProperty("version").GetInt32()).Order().ShouldBe(Enumerable.Range(1, 32));
        (await runtime.GetPlanAsync("plan-1"))!.Version.ShouldBe(32);
    }

    private static async Task OperateAsync(AgentRuntime runtime, Random random)
    {
        if (random.Next(2) == 0)
        {
            await Planning.StoreAsync(runtime, new { actions = new[] { new { kind = "a", n = random.Next() } } });
            return;
        }

        var run = await Planning.ExecuteAsync(runtime);
        var events = await run.UntilAsync(all => all.Any(e => e is ApprovalRequiredEvent or { IsTerminal: true }));
        if (events.OfType<ApprovalRequiredEvent>().FirstOrDefault() is not { } asked) return;
        switch (random.Next(5))
        {
            case 0:
                await runtime.CancelAsync(run.RunId);
                break;
            case 1:
                await Planning.StoreAsync(runtime, new { actions = new[] { new { kind = "b" } } });
                await runtime.RespondToApprovalAsync(asked.Id, ApprovalOutcome.Approve).ShouldFailAsync("approval_changed");
                await runtime.CancelAsync(run.RunId);
                break;
            default:
                await runtime.RespondToApprovalAsync(asked.Id, (ApprovalOutcome)random.Next(3));
                break;
        }

        await run.EndedAsync();
    }

    private static void AssertInDiagram(StoredPlan plan, string where)
    {
        plan.History[0].Status.ShouldBe(PlanStatus.Draft, where);
        foreach (var (from, to) in plan.History.Zip(plan.History.Skip(1)))
        {
            Diagram.ShouldContain((from.Status, to.Status), where);
            to.Version.ShouldBe(to.Status == PlanStatus.Draft ? from.Version + 1 : from.Version, where);
        }

        plan.History[^1].Status.ShouldBe(plan.Status, where);
    }
}
