using Sluice.Journal;
using Sluice.Runtime.Tests.Events;

namespace Sluice.Runtime.Tests.Forks;

public sealed class ForkTests
{
    [Fact]
    public async Task Fork_AtEveryEntry_AsksAnewEndsAndHasNoEffect()
    {
        await using var host = new ForkHost();
        var original = await host.RunAsync();
        var ledger = host.Ledger.ToList();
        ledger.ShouldBe(["move a", "gated b", "put c", "price b-1", "price b-2", "move d"]);
        var plan = await host.Runtime.GetPlanAsync("plan-1");
        var before = (await host.Runtime.GetRunAsync(ForkHost.Original), await RequestsAsync(host, ForkHost.Original));
        for (var at = 1; at <= original.Count; at++)
        {
            var fork = await host.Runtime.ForkAsync(ForkHost.Original, at);
            var events = await host.ApproveAllAsync(fork);

            EventRules.Check(events);
            events.ShouldFinish();
            events.Text("coordinator").ShouldBe("all done");
            events.OfType<ApprovalRequiredEvent>().Select(asked => asked.Target).ShouldBe([.. GatesAfter(original, at)], $"at {at}");
            host.Ledger.ToList().ShouldBe(ledger, $"at {at}");
            events.Results().Where(e => e.ToolName is "move" or "put" or "gated" or "execute_plan").ShouldAllBe(e => e.Error == null, $"at {at}");
            (await host.Runtime.VerifyAsync(fork.RunId)).Problems.ShouldBeEmpty($"at {at}");
            fork.ThreadId.ShouldNotBe("t-1");
        }

        (await host.Runtime.JournalAsync(ForkHost.Original).ToListAsync()).Select(entry => Convert.ToHexString(entry.Hash.Span))
            .ShouldBe(original.Select(entry => Convert.ToHexString(entry.Hash.Span)));
        (await host.Runtime.GetRunAsync(ForkHost.Original), await RequestsAsync(host, ForkHost.Original)).ShouldBe(before);
        (await host.Runtime.GetPlanAsync("plan-1"))!.Revision.ShouldBe(plan!.Revision);
        (await host.Runtime.VerifyAsync(ForkHost.Original)).Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Fork_ThatStoresThePlanAgain_IsRefusedSinceThePlanIsAnothers()
    {
        await using var host = new ForkHost();
        await host.RunAsync();

        var events = await host.ApproveAllAsync(await host.Runtime.ForkAsync(ForkHost.Original, 1));

        var error = events.ErrorOf("store_plan");
        error.Code.ShouldBe(ErrorCodes.PlanStatusConflict);
        error.Message.ShouldContain("was stored by run 'run-1'");
    }

    [Fact]
    public async Task Fork_ThatRunsEffects_DoesThemOnceBehindItsOwnGate()
    {
        await using var host = new ForkHost();
        var original = await host.RunAsync();
        var gated = original.First(entry => entry.Kind == JournalEntryKind.ApprovalRequested);
        host.Ledger.Clear();

        var fork = await host.Runtime.ForkAsync(ForkHost.Original, gated.Sequence, new() { Effects = ForkEffects.Run });
        var events = await host.ApproveAllAsync(fork);

        host.Ledger.ShouldBe(["gated b", "put c", "move d"]);
        events.ErrorOf("execute_plan").Code.ShouldBe(ErrorCodes.PlanStatusConflict, "the original executed the plan");
        (await host.Runtime.VerifyAsync(fork.RunId)).Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Fork_AtAWaitingGate_MayDecideOtherwise()
    {
        await using var host = new ForkHost();
        var run = await WatchedRun.StartAsync(host.Runtime, ForkHost.Prompt());
        await run.AskedAsync();
        var at = (await host.Runtime.GetRunAsync(run.RunId))!.LastEntry;

        var fork = await host.Runtime.ForkAsync(run.RunId, at);
        var events = await host.ApproveAllAsync(fork, ApprovalOutcome.Reject);

        events.ErrorOf("gated").Code.ShouldBe(ErrorCodes.Rejected);
        events.ResultOf("execute_plan").GetProperty("status").GetString().ShouldBe("rejected");
        host.Ledger.ShouldBe(["move a"]);
        (await host.Runtime.ListApprovalsAsync()).ShouldHaveSingleItem().RunId.ShouldBe(run.RunId);
        (await host.Runtime.GetRunAsync(run.RunId))!.State.ShouldBe(RunState.Waiting);
    }

    [Fact]
    public async Task Fork_AtAWaitingPlanGateThatRunsEffects_ExecutesThePlanOnceAndTheOriginalIsTold()
    {
        await using var host = new ForkHost();
        var run = await WatchedRun.StartAsync(host.Runtime, ForkHost.Prompt());
        await host.Runtime.RespondToApprovalAsync(await run.AskedAboutAsync("gated"), ApprovalOutcome.Approve);
        var gate = await run.AskedAboutAsync("plan-1");
        var at = (await host.Runtime.GetRunAsync(run.RunId))!.LastEntry;

        var events = await host.ApproveAllAsync(await host.Runtime.ForkAsync(run.RunId, at, new() { Effects = ForkEffects.Run }));

        events.ResultOf("execute_plan").GetProperty("status").GetString().ShouldBe("executed");
        host.Ledger.ToList().ShouldBe(["move a", "gated b", "put c", "price b-1", "price b-2", "move d"]);
        await host.Runtime.RespondToApprovalAsync(gate, ApprovalOutcome.Approve);
        (await run.EndedAsync()).ErrorOf("execute_plan").Code.ShouldBe(ErrorCodes.PlanStatusConflict);
        host.Ledger.Count(line => line.StartsWith("price", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public async Task Fork_CallThatTheOriginalNeverMade_GetsAnErrorAndIsNotRun()
    {
        await using var host = new ForkHost();
        var run = await WatchedRun.StartAsync(host.Runtime, ForkHost.Prompt());
        await run.AskedAsync();
        await host.Runtime.CancelAsync(run.RunId);

        var events = await host.ApproveAllAsync(await host.Runtime.ForkAsync(run.RunId, 1));

        var errors = events.Results().Where(e => e.Error?.Code == ErrorCodes.EffectNotRecorded).Select(e => e.ToolName);
        errors.ShouldBe(["gated", "put", "execute_plan", "move"]);
        events.ResultsOf("move")[0].Result!.Value.GetString().ShouldBe("move a done");
        host.Ledger.ShouldBe(["move a"]);
        (await host.Runtime.GetPlanAsync("plan-1"))!.Status.ShouldBe(PlanStatus.Draft);
    }

    [Fact]
    public async Task Fork_CallThatWasRefusedInTheOriginal_IsNotAnsweredWithTheRefusal()
    {
        await using var host = new ForkHost();
        await host.ApproveAllAsync(
            await host.Runtime.StartAsync(new() { Prompt = ForkHost.Prompt(), RunId = ForkHost.Original }), ApprovalOutcome.Reject);

        var events = await host.ApproveAllAsync(await host.Runtime.ForkAsync(ForkHost.Original, 1));

        events.ErrorOf("gated").Code.ShouldBe(ErrorCodes.EffectNotRecorded);
        events.ErrorOf("execute_plan").Code.ShouldBe(ErrorCodes.EffectNotRecorded);
    }

    [Fact]
    public async Task Fork_OfAFork_IsAnsweredFromTheOriginalToo()
    {
        await using var host = new ForkHost();
        await host.RunAsync();
        var ledger = host.Ledger.ToList();
        var first = await host.Runtime.ForkAsync(ForkHost.Original, 2);
        await WatchedRun.Join(host.Runtime, first.RunId).AskedAsync();
        await first.CancelAsync();

        var second = await host.Runtime.ForkAsync(first.RunId, 2);
        var events = await host.ApproveAllAsync(second);

        events.ShouldFinish();
        events.Results().ShouldAllBe(e => e.Error == null || e.ToolName == "store_plan");
        host.Ledger.ShouldBe(ledger);
        var account = (await host.Runtime.AuditAsync(second.RunId)).ToText();
        account.ShouldContain($"forked it from run '{first.RunId}' at entry 2");
        account.ShouldContain("had no effect and took a recorded result");
    }

    [Fact]
    public async Task Fork_ResumedByAnotherRuntime_StillHasNoEffect()
    {
        await using var storage = MemoryStorage.Create();
        string forkId;
        await using (var first = new ForkHost(storage))
        {
            await first.RunAsync();
            forkId = (await first.Runtime.ForkAsync(ForkHost.Original, 2)).RunId;
            await WatchedRun.Join(first.Runtime, forkId).AskedAsync();
        }

        await using var second = new ForkHost(storage);
        var asked = (await second.Runtime.ListApprovalsAsync()).ShouldHaveSingleItem();
        await second.Runtime.RespondToApprovalAsync(asked.Id, ApprovalOutcome.Approve);
        var plan = await WatchedRun.Join(second.Runtime, forkId).AskedAboutAsync("plan-1");
        await second.Runtime.RespondToApprovalAsync(plan, ApprovalOutcome.Approve);
        (await WatchedRun.Join(second.Runtime, forkId).EndedAsync()).ShouldFinish();

        second.Ledger.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1000)]
    public async Task Fork_OutsideTheJournal_IsAnError(long at)
    {
        await using var host = new ForkHost();
        await host.RunAsync();

        var error = await host.Runtime.ForkAsync(ForkHost.Original, at).ShouldFailAsync(ErrorCodes.InvalidFork);

        error.Message.ShouldContain("has entries 1 to ");
        (await host.Runtime.ListRunsAsync()).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Fork_IdsThatAreInUseOrUnknown_AreErrors()
    {
        await using var host = new ForkHost();
        await host.RunAsync();

        await host.Runtime.ForkAsync("no-run", 1).ShouldFailAsync(ErrorCodes.RunNotFound);
        await host.Runtime.ForkAsync(ForkHost.Original, 1, new() { RunId = ForkHost.Original }).ShouldFailAsync(ErrorCodes.RunActive);
        await host.Runtime.ForkAsync(ForkHost.Original, 1, new() { ThreadId = "t-1" }).ShouldFailAsync(ErrorCodes.InvalidFork);
    }

    [Fact]
    public async Task Fork_UnderAnotherSpec_IsRefusedBeforeAnythingIsStored()
    {
        await using var storage = MemoryStorage.Create();
        await using (var first = Sample.Scripted(Sample.Agent(Sample.Echo), options => options.Storage = storage))
            await (await first.StartAsync(new() { Prompt = Script.Of(Script.Text("x")), RunId = "run-1" })).Completion;
        await using var second = Sample.Scripted(Sample.Agent(), options => options.Storage = storage);

        await second.ForkAsync("run-1", 1).ShouldFailAsync(ErrorCodes.SpecChanged);

        (await second.ListRunsAsync()).ShouldHaveSingleItem();
    }

    /// <summary>What the original asked for in calls that had no result yet at an entry.</summary>
    private static IEnumerable<string> GatesAfter(IReadOnlyList<JournalEntry> entries, int at) => entries
        .Where(entry => entry.Kind == JournalEntryKind.ApprovalRequested)
        .Where(asked => entries.Any(entry => entry.Kind == JournalEntryKind.ToolCompleted && entry.Sequence > at && asked.Key.StartsWith($"{entry.Key}#", StringComparison.Ordinal)))
        .Select(asked => ((ApprovalRequestedData)asked.ReadData()).Request.Target);

    private static async Task<string> RequestsAsync(ForkHost host, string runId) => string.Join(
        ' ', (await host.Runtime.ListApprovalsAsync(new() { RunId = runId })).Select(request => $"{request.Id} {request.Version} {request.Status}"));
}
