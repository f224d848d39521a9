using Sluice.Journal;
using Sluice.Runtime.Tests.Jobs;
using Sluice.Runtime.Tests.Plans;
using Sluice.Storage;
using Sluice.Testing;

namespace Sluice.Runtime.Tests.Retention;

public sealed class PruneTests : IAsyncDisposable
{
    private static readonly TimeSpan Age = TimeSpan.FromMinutes(10);
    private readonly MemoryStorage _storage = MemoryStorage.Create();
    private readonly ManualTimeProvider _time = new();
    private readonly Shop _shop = new();

    [Fact]
    public async Task Prune_OldRun_GoesWithAllThatBelongsToIt()
    {
        await using var runtime = Open();
        await RunAsync(runtime, "plan-1", "t-1");
        _time.Advance(Age * 2);
        await RunAsync(runtime, "plan-2", "t-2");

        var result = await runtime.PruneAsync(new() { OlderThan = Age });

        result.ShouldBe(new() { Runs = 1, Requests = 1, Plans = 1, References = 0 });
        (await runtime.ListRunsAsync()).ShouldHaveSingleItem().ThreadId.ShouldBe("t-2");
        (await runtime.ListPlansAsync()).ShouldHaveSingleItem().PlanId.ShouldBe("plan-2");
        (await runtime.ListApprovalsAsync(ApprovalFilter.All)).ShouldHaveSingleItem().Target.ShouldBe("plan-2");
        (await _storage.Threads.ListAsync(runtime.Spec.Tenant, null, 10, default)).ShouldHaveSingleItem().ThreadId.ShouldBe("t-2");
        (await runtime.VerifyAllAsync().ToListAsync()).ShouldAllBe(report => report.IsIntact);
    }

    [Fact]
    public async Task Prune_ByATime_IsTheSame()
    {
        await using var runtime = Open();
        await RunAsync(runtime, "plan-1", "t-1");
        var first = _time.GetUtcNow();
        _time.Advance(Age);
        await RunAsync(runtime, "plan-2", "t-2");

        (await runtime.PruneAsync(new() { Before = first })).Runs.ShouldBe(1);
        (await runtime.PruneAsync(new() { Before = first })).ShouldBe(new(), "nothing is left");
    }

    [Fact]
    public async Task Prune_OptionsThatDoNotSayHowOld_AreErrors()
    {
        await using var runtime = Open();

        await Should.ThrowAsync<ArgumentException>(() => runtime.PruneAsync(new()));
        await Should.ThrowAsync<ArgumentException>(() => runtime.PruneAsync(new() { OlderThan = Age, Before = _time.GetUtcNow() }));
        await Should.ThrowAsync<ArgumentException>(() => runtime.PruneAsync(new() { OlderThan = -Age }));
    }

    [Fact]
    public async Task RemoveThread_WhoseRunsHaveEnded_TakesThemAndTheirPlansAlone()
    {
        await using var runtime = Open();
        await RunAsync(runtime, "plan-1", "t-1");
        await RunAsync(runtime, "plan-2", "t-2");

        var result = await runtime.RemoveThreadAsync("t-1");

        result.ShouldBe(new() { Runs = 1, Requests = 1, Plans = 1 });
        (await runtime.GetThreadAsync("t-1")).ShouldBeNull();
        (await runtime.ListRunsAsync()).ShouldHaveSingleItem().ThreadId.ShouldBe("t-2");
        (await runtime.ListPlansAsync()).ShouldHaveSingleItem().PlanId.ShouldBe("plan-2");
        (await runtime.RemoveThreadAsync("t-1")).ShouldBe(new(), "nothing is left");
    }

    [Fact]
    public async Task RemoveThread_WithARunThatWaits_RemovesNothing()
    {
        await using var office = new Office().Open(storage: _storage);
        await office.RunAsync(Script.Of(Office.Call("a", tool: "look")), "t-1");
        var waiting = await WatchedRun.StartAsync(office, Script.Of(Office.Call("a")), threadId: "t-1");
        await waiting.AskedAsync();

        (await Should.ThrowAsync<SluiceException>(() => office.RemoveThreadAsync("t-1"))).Code.ShouldBe(ErrorCodes.ThreadBusy);

        (await office.ListRunsAsync(new() { ThreadId = "t-1" })).Count.ShouldBe(2);
        await waiting.DecideAsync(ApprovalOutcome.Approve);
        (await office.RemoveThreadAsync("t-1")).Runs.ShouldBe(2);
    }

    [Fact]
    public async Task Retention_OldRun_GoesWithoutAnybodyAsking()
    {
        await using var runtime = Sample.Scripted(_shop.Spec(), options =>
            (options.Storage, options.TimeProvider, options.ActionDispatcher, options.Retention) = (_storage, _time, _shop.Handlers(), Age));
        await RunAsync(runtime, "plan-1", "t-1");
        _time.Advance(Age / 2);
        await RunAsync(runtime, "plan-2", "t-2");

        _time.Advance(Age / 2);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while ((await runtime.ListRunsAsync()).Count > 1) await Task.Delay(1, patience.Token);

        (await runtime.ListRunsAsync()).ShouldHaveSingleItem().ThreadId.ShouldBe("t-2");
        (await runtime.ListPlansAsync()).ShouldHaveSingleItem().PlanId.ShouldBe("plan-2");
    }

    [Fact]
    public void Retention_ThatIsNotPositive_IsRefused() =>
        Should.Throw<SpecValidationException>(() => Sample.Scripted(_shop.Spec(), options =>
            (options.ActionDispatcher, options.Retention) = (_shop.Handlers(), TimeSpan.Zero))).Errors.ShouldHaveSingleItem().Path.ShouldBe("retention");

    [Fact]
    public async Task Prune_WaitingRun_StaysAndCanBeDecidedAndFinished()
    {
        await using var runtime = Open();
        var run = await WatchedRun.StartAsync(runtime, Shop.PlanAndExecute());
        await run.AskedAsync();
        _time.Advance(Age);

        (await runtime.PruneAsync(new() { OlderThan = TimeSpan.Zero, IncludeDrafts = true })).ShouldBe(new());

        (await run.DecideAsync(ApprovalOutcome.Approve)).ShouldFinish();
        _shop.Effects.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Prune_DraftThatAnotherRunAsksAbout_StaysThoughItsOwnRunGoes()
    {
        await using var runtime = Planning.Open(Shop.Plan, _shop.Handlers(), storage: _storage, time: _time);
        await Planning.StoreAsync(runtime, Body());
        var run = await Planning.ExecuteAsync(runtime);
        await run.AskedAsync();
        _time.Advance(Age);

        (await runtime.PruneAsync(new() { OlderThan = TimeSpan.Zero, IncludeDrafts = true })).ShouldBe(new() { Runs = 1 });

        (await run.DecideAsync(ApprovalOutcome.Approve)).ShouldFinish();
        (await runtime.GetPlanAsync("plan-1"))!.Status.ShouldBe(PlanStatus.Executed);
        // Its own run is gone: the plan goes with the run that executed it.
        (await runtime.PruneAsync(new() { OlderThan = TimeSpan.Zero })).ShouldBe(new() { Runs = 1, Requests = 1, Plans = 1 });
    }

    [Fact]
    public async Task Prune_Drafts_StayUnlessTheyAreAskedFor()
    {
        await using var runtime = Planning.Open(Shop.Plan, _shop.Handlers(), storage: _storage, time: _time);
        await Planning.StoreAsync(runtime, Body(), "old");
        _time.Advance(Age * 2);
        await Planning.StoreAsync(runtime, Body(), "new");

        (await runtime.PruneAsync(new() { OlderThan = Age })).ShouldBe(new() { Runs = 1 });
        (await runtime.GetPlanAsync("old")).ShouldNotBeNull();
        (await runtime.PruneAsync(new() { OlderThan = Age, IncludeDrafts = true })).ShouldBe(new() { Plans = 1 });

        (await runtime.ListPlansAsync()).ShouldHaveSingleItem().PlanId.ShouldBe("new");
    }

    [Theory]
    [InlineData(PlanStatus.Approved)]
    [InlineData(PlanStatus.Executing)]
    public async Task Prune_RunWhosePlanIsOpen_Stays(PlanStatus status)
    {
        await using var runtime = Planning.Open(Shop.Plan, _shop.Handlers(), storage: _storage, time: _time);
        await Planning.StoreAsync(runtime, Body());
        var draft = (await runtime.GetPlanAsync("plan-1"))!;
        var open = draft with
        {
            Status = status,
            Revision = draft.Revision + 1,
            History = [.. draft.History, new() { Status = status, Version = 1, At = _time.GetUtcNow() }],
        };
        await _storage.Plans.TryUpdateAsync(runtime.Spec.Tenant, open, draft.Revision, default);
        _time.Advance(Age);

        (await runtime.PruneAsync(new() { OlderThan = TimeSpan.Zero, IncludeDrafts = true })).ShouldBe(new() { Kept = 1 });
        (await runtime.GetPlanAsync("plan-1")).ShouldNotBeNull();
    }

    [Fact]
    public async Task Prune_RequestOnWhichAStandingGrantRests_StaysAndTheGrantHolds()
    {
        var office = new Office();
        await using var runtime = office.Open(storage: _storage, time: _time);
        var run = await WatchedRun.StartAsync(runtime, Script.Of(Office.Call("rent")));
        await runtime.RespondToApprovalAsync(new()
        {
            Id = (await run.AskedAsync())[0].Id,
            Outcome = ApprovalOutcome.Approve,
            Grant = ApprovalGrantScope.Arguments,
        });
        await run.EndedAsync();
        _time.Advance(Age);

        (await runtime.PruneAsync(new() { OlderThan = TimeSpan.Zero })).ShouldBe(new() { Runs = 1 });

        (await runtime.RunAsync(Script.Of(Office.Call("rent")))).ShouldFinish();
        office.Posted.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Prune_EarlierRunsOfAThread_ALaterOneRemembersWhatIsLeft()
    {
        var client = FunctionChatClient.Replies("one", "two", "three", "four");
        await using var runtime = Sample.WithClient(
            Define.Runtime(Sample.Tenant, [Define.Specialist("solo", "m", "p", stateful: true)]), client, options => (options.Storage, options.TimeProvider) = (_storage, _time));
        await runtime.RunAsync("first", "t-1");
        _time.Advance(Age);
        await runtime.RunAsync("second", "t-1");
        await runtime.RunAsync("third", "t-1");

        (await runtime.PruneAsync(new() { OlderThan = Age })).Runs.ShouldBe(1);
        await runtime.RunAsync("fourth", "t-1");

        client.Requests[3].Messages.Outline().ShouldBe(["user: second", "assistant: two", "user: third", "assistant: three", "user: fourth"]);
        (await runtime.ListRunsAsync()).Max(run => run.ThreadOrdinal).ShouldBe(4);
    }

    [Fact]
    public async Task Prune_CutOffAtAnyStep_CanBeRepeated()
    {
        StorageOperation[] steps = [StorageOperation.RemovePlan, StorageOperation.RemoveApprovals, StorageOperation.RemoveRunsFromThread, StorageOperation.RemoveRuns];
        foreach (var step in steps)
        {
            foreach (var isBefore in new[] { true, false })
            {
                await using var storage = MemoryStorage.Create();
                await using (var runtime = Open(storage)) await RunAsync(runtime, "plan-1", "t-1");
                _time.Advance(Age * 2);
                var faulty = isBefore ? new FaultyStorage(storage).CrashBefore(step) : new FaultyStorage(storage).CrashAfter(step);
                await using (var crashing = Open(faulty))
                    await Should.ThrowAsync<IOException>(() => crashing.PruneAsync(new() { OlderThan = Age }), $"{step}");

                await using var second = Open(storage);
                await second.PruneAsync(new() { OlderThan = Age });

                (await second.ListRunsAsync()).ShouldBeEmpty($"{step}");
                (await second.ListPlansAsync()).ShouldBeEmpty($"{step}");
                (await second.ListApprovalsAsync(ApprovalFilter.All)).ShouldBeEmpty($"{step}");
                (await storage.Threads.ListAsync(second.Spec.Tenant, null, 10, default)).ShouldBeEmpty($"{step}");
            }
        }
    }

    [Fact]
    public async Task Prune_RoundAfterRound_KeepsTheStorageBounded()
    {
        await using var runtime = Open();
        var reported = new List<int>();
        for (var round = 0; round < 12; round++)
        {
            for (var run = 0; run < 6; run++) await RunAsync(runtime, $"plan-{round}-{run}", $"t-{run % 3}");
            await runtime.RunAsync(Script.Of(Script.Call("call_agent", new { agent = "nobody", prompt = "x" })), "t-9");
            _time.Advance(Age);
            await runtime.PruneAsync(new() { OlderThan = Age * 2, Progress = new Reports(reported) });

            (await runtime.ListRunsAsync(new() { Limit = 1000 })).Count.ShouldBeLessThanOrEqualTo(14, $"round {round}");
            (await runtime.ListPlansAsync(new() { Limit = 1000 })).Count.ShouldBeLessThanOrEqualTo(12);
            (await runtime.ListApprovalsAsync(new() { Limit = 1000 })).Count.ShouldBeLessThanOrEqualTo(12);
            (await _storage.Threads.ListRunsAsync(runtime.Spec.Tenant, "t-0", default)).Count.ShouldBeLessThanOrEqualTo(4);
        }

        reported.Sum().ShouldBeGreaterThan(0);
        await runtime.PruneAsync(new() { OlderThan = TimeSpan.Zero });
        (await runtime.ListRunsAsync()).ShouldBeEmpty();
        (await runtime.ListPlansAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Prune_AmongRunsThatWait_EachCanStillBeDecidedAndFinished(int seed)
    {
        var random = new Random(seed);
        await using var runtime = Open();
        var waiting = new List<(WatchedRun Run, string PlanId)>();
        for (var step = 0; step < 30; step++)
        {
            var planId = $"plan-{step}";
            switch (random.Next(4))
            {
                case 0:
                    await RunAsync(runtime, planId, $"t-{step}");
                    break;
                case 1:
                    waiting.Add((await WatchedRun.StartAsync(runtime, Shop.PlanAndExecute(planId)), planId));
                    await waiting[^1].Run.AskedAsync();
                    break;
                case 2:
                    _time.Advance(TimeSpan.FromMinutes(random.Next(5)));
                    break;
                default:
                    await runtime.PruneAsync(new() { OlderThan = TimeSpan.FromMinutes(random.Next(3)), IncludeDrafts = random.Next(2) == 0 });
                    break;
            }
        }

        await runtime.PruneAsync(new() { OlderThan = TimeSpan.Zero, IncludeDrafts = true });
        foreach (var (run, planId) in waiting)
        {
            (await run.DecideAsync(ApprovalOutcome.Approve)).ShouldFinish();
            (await runtime.GetPlanAsync(planId))!.Status.ShouldBe(PlanStatus.Executed, planId);
            (await runtime.VerifyAsync(run.RunId)).Problems.ShouldBeEmpty();
        }
    }

    public async ValueTask DisposeAsync() => await _storage.DisposeAsync();

    private SluiceRuntime Open(IRuntimeStorage? storage = null) => Sample.Scripted(_shop.Spec(), options =>
    {
        (options.Storage, options.TimeProvider, options.ActionDispatcher) = (storage ?? _storage, _time, _shop.Handlers());
        options.Limits = new() { SuspendAfter = TimeSpan.FromDays(365) };
    });

    private static async Task RunAsync(SluiceRuntime runtime, string planId, string threadId)
    {
        await foreach (var e in runtime.QueryAsync(Shop.PlanAndExecute(planId), threadId))
        {
            if (e is ApprovalRequiredEvent gate) await runtime.RespondToApprovalAsync(gate.Id, ApprovalOutcome.Approve);
        }
    }

    private static object Body() => new { rationale = "r", actions = new[] { new { kind = "price_change", productId = "b-1", newPrice = 1 } } };

    private sealed class Reports(List<int> runs) : IProgress<PruneResult>
    {
        public void Report(PruneResult value) => runs.Add(value.Runs);
    }
}
