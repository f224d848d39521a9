using Sluice.Journal;
using Sluice.Runtime.Memory;
using Sluice.Runtime.Tests.Jobs;
using Sluice.Testing;

namespace Sluice.Runtime.Tests.Plans;

public sealed class DispatchTests
{
    private static readonly PlanSpec Plan = Define.Plan("P", Planning.AnyActions);
    private static readonly object TwoActions = new { actions = new object[] { new { kind = "a" }, new { kind = "b" } } };

    [Fact]
    public async Task Dispatch_TypedHandlers_ResolveReferencesOutsideTheModel()
    {
        var shop = new Shop();
        await using var runtime = Planning.Open(Shop.Plan, shop.Handlers(), Approval.Never, references: [Shop.Products]);
        var set = await runtime.CreateReferenceAsync(Shop.Products, new(["x-1", "x-2"]));
        object Launch(double percent) => new { kind = "promotion_launch", products = set.ToHandle(), discountPct = percent };
        await Planning.StoreAsync(runtime, new { rationale = "r", actions = new[] { Launch(5), Launch(6), new { kind = "price_change", productId = "p", newPrice = 1 } } });
        var events = await (await Planning.ExecuteAsync(runtime)).EndedAsync();
        var result = events.ResultOf("execute_plan");
        result.GetProperty("hydratedReferences").GetProperty("ProductSet").GetInt32().ShouldBe(1);
        result.GetProperty("entitiesAffected").GetInt64().ShouldBe(5);
        shop.Effects.ShouldBe(["promote x-1,x-2 5", "promote x-1,x-2 6", "price p 1"]);
        events.OfType<ActionStatusChangeEvent>().Select(e => $"{e.Index} {e.Kind} {e.Status}").ShouldBe(
        [
            "0 promotion_launch Executing", "0 promotion_launch Executed", "1 promotion_launch Executing", "1 promotion_launch Executed",
            "2 price_change Executing", "2 price_change Executed",
        ]);
        events.ShouldAllBe(e => !e.ToJson().Contains("x-2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Dispatch_PlainReferencesArray_IsHydratedByKindAndId()
    {
        IReadOnlyDictionary<ReferenceHandle, System.Text.Json.JsonElement>? values = null;
        IServiceProvider? given = null;
        var dispatcher = new WholePlan((actions, context) =>
        {
            (values, given) = (context.ResolvedReferences, context.Services);
            context.Resolve<ProductSet>(actions[0].References[0]).ProductIds.ShouldBe(["a"]);
            Should.Throw<SluiceException>(() => context.Resolve<ProductSet>(new ReferenceHandle { Kind = "ProductSet", Id = "other" }))
                .Code.ShouldBe("reference_not_found");
            return Task.FromResult<ActionResult?>(null);
        });
        var services = new Services();
        await using var runtime = SluiceRuntime.Create(
            Planning.Spec(Plan, Approval.Never, references: [Shop.Products]),
            new() { Interpreter = Interpreter.Scripted, ActionDispatcher = dispatcher, Services = services });
        var set = await runtime.CreateReferenceAsync(Shop.Products, new(["a"]));
        await Planning.StoreAsync(runtime, new { actions = new[] { new { kind = "a", references = new[] { set.ToHandle() } } } });
        (await (await Planning.ExecuteAsync(runtime)).EndedAsync()).ResultOf("execute_plan").ShouldSatisfyAllConditions(
            result => result.Text("status").ShouldBe("executed"), result => result.GetProperty("entitiesAffected").GetInt64().ShouldBe(0));
        values!.Keys.ShouldBe([set.ToHandle()]);
        given.ShouldBe(services);
    }

    [Fact]
    public async Task Dispatch_ReferenceExpiredWhileAPersonThought_FailsThePlanBeforeAnyHandler()
    {
        var time = new ManualTimeProvider();
        var shop = new Shop();
        await using var runtime = Planning.Open(Shop.Plan, shop.Handlers(), time: time, references: [Shop.Products]);
        await StoreLaunchAsync(runtime);
        var run = await Planning.ExecuteAsync(runtime);
        await run.AskedAsync();
        time.Advance(TimeSpan.FromHours(1));
        await AssertFailedAsync(runtime, await run.DecideAsync(ApprovalOutcome.Approve), "reference_expired");
        shop.Effects.ShouldBeEmpty();
    }

    [Fact]
    public async Task Dispatch_ReferenceGone_FailsThePlanBeforeAnyHandler()
    {
        await using var storage = MemoryStorage.Create();
        var shop = new Shop();
        await using var runtime = Planning.Open(Shop.Plan, shop.Handlers(), storage: storage, references: [Shop.Products]);
        await StoreLaunchAsync(runtime);
        var run = await Planning.ExecuteAsync(runtime);
        await run.AskedAsync();
        (await storage.References.RemoveExpiredAsync(runtime.Spec.Tenant, DateTimeOffset.MaxValue, new HashSet<string>(), default)).ShouldBe(1);
        await AssertFailedAsync(runtime, await run.DecideAsync(ApprovalOutcome.Approve), "reference_not_found");
        shop.Effects.ShouldBeEmpty();
    }

    [Fact]
    public async Task Dispatch_ReferenceStoreFails_FailsThePlanInsteadOfLeavingItExecuting()
    {
        await using var inner = MemoryStorage.Create();
        var shop = new Shop();
        var storage = new FaultyStorage(inner).Before(StorageOperation.OpenReference, _ => throw new IOException("the disk is gone"));
        await using var runtime = Planning.Open(Shop.Plan, shop.Handlers(), Approval.Never, storage, references: [Shop.Products]);
        await StoreLaunchAsync(runtime);
        (await AssertFailedAsync(runtime, await (await Planning.ExecuteAsync(runtime)).EndedAsync(), "dispatch_failed")).ShouldContain("the disk is gone");
        shop.Effects.ShouldBeEmpty();
    }

    [Fact]
    public async Task Dispatch_GoesOnAfterAPauseThatOutlastsTheValue_StillHasIt()
    {
        var time = new ManualTimeProvider();
        await using var inner = MemoryStorage.Create();
        var shop = new Shop();
        var calls = 0;
        // The process dies while the first action's outcome is being recorded, and comes back two days later.
        var storage = new FaultyStorage(inner).CrashBefore(
            StorageOperation.AppendEntries, call => call.Entries.Any(entry => entry.Kind == JournalEntryKind.ActionStarted) && ++calls == 2);
        string runId;
        await using (var first = Planning.Open(Shop.Plan, shop.Handlers(), Approval.Never, storage, time, references: [Shop.Products]))
        {
            await StoreLaunchAsync(first, priceFirst: true);
            var run = await Planning.ExecuteAsync(first);
            runId = run.RunId;
            await run.UntilAsync(_ => storage.IsCrashed).WaitAsync(TimeSpan.FromSeconds(10));
        }

        time.Advance(TimeSpan.FromDays(2));
        await using var second = Planning.Open(Shop.Plan, shop.Handlers(), Approval.Never, inner, time, references: [Shop.Products]);
        time.Advance(TimeSpan.FromDays(2));
        var events = new List<RuntimeEvent>();
        await foreach (var e in second.ResumeAsync(runId)) events.Add(e);
        events.ResultOf("execute_plan").Text("status").ShouldBe("executed");
        shop.Effects.ShouldBe(["price p 1", "promote x 5"]);
    }

    [Fact]
    public void Create_TypedPlanWithAKindWithoutHandler_IsRefusedWithItsName()
    {
        var handlers = ActionHandlers.For(Shop.Plan).On<PriceChange>((_, _) => Task.FromResult<ActionResult?>(null));
        var exception = Should.Throw<SpecValidationException>(() => Planning.Open(Shop.Plan, handlers, references: [Shop.Products]));
        exception.Code.ShouldBe("invalid_options");
        exception.Errors.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            error => error.Code.ShouldBe("unhandled_action"), error => error.Message.ShouldContain("'promotion_launch'"), error => error.Message.ShouldContain(".On<PromotionLaunch>"));
    }

    [Fact]
    public async Task Dispatch_SchemaOnlyPlan_HandlersByKind()
    {
        var done = new List<string>();
        ActionHandler Handler() => new()
        {
            Handle = (action, _) =>
            {
                done.Add(action.Kind);
                return Task.FromResult<ActionResult?>(ActionResult.Affected(long.MaxValue, $"did {action.Kind}"));
            },
        };
        await using var runtime = Planning.Open(Plan, ActionHandlers.For(Plan).On("a", Handler()).On("b", Handler()), Approval.Never);
        await Planning.StoreAsync(runtime, TwoActions);
        var result = (await (await Planning.ExecuteAsync(runtime)).EndedAsync()).ResultOf("execute_plan");
        result.Text("summary").ShouldBe("did a did b");
        result.GetProperty("entitiesAffected").GetInt64().ShouldBe(long.MaxValue);
        done.ShouldBe(["a", "b"]);
    }

    [Fact]
    public async Task Dispatch_SchemaOnlyPlanWithAnUnhandledKind_IsRefusedBeforeAnythingHappens()
    {
        var done = 0;
        var handlers = ActionHandlers.For(Plan).On("a", new()
        {
            Handle = (_, _) =>
            {
                done++;
                return Task.FromResult<ActionResult?>(null);
            },
        });
        await using var runtime = Planning.Open(Plan, handlers);
        await Planning.StoreAsync(runtime, TwoActions);
        var refused = await (await Planning.ExecuteAsync(runtime)).EndedAsync();
        refused.ErrorOf("execute_plan").Message.ShouldBe("Action 1 of plan 'plan-1' is 'b', which has no handler. The plan stays a draft.");
        refused.OfType<ApprovalRequiredEvent>().ShouldBeEmpty();

        await Planning.StoreAsync(runtime, new { actions = new[] { new { kind = "a" } } });
        var edited = await (await Planning.ExecuteAsync(runtime)).DecideAsync(ApprovalOutcome.Approve, partial: TwoActions);
        await AssertFailedAsync(runtime, edited, "no_dispatcher");
        done.ShouldBe(0);
    }

    [Fact]
    public async Task Dispatch_WholePlanDispatcherReturnsNegativeCount_FailsThePlan()
    {
        await using var runtime = Planning.Open(
            Plan, new WholePlan((_, _) => Task.FromResult<ActionResult?>(ActionResult.Affected(-1))), Approval.Never);
        await Planning.StoreAsync(runtime, TwoActions);
        (await AssertFailedAsync(runtime, await (await Planning.ExecuteAsync(runtime)).EndedAsync(), "dispatch_failed")).ShouldContain("entitiesAffected is -1");
    }

    [Fact]
    public async Task Dispatch_NoActions_ReachesTheWholePlanDispatcher()
    {
        var dispatcher = WholePlan.Nothing();
        await using var runtime = Planning.Open(Plan, dispatcher, Approval.Never);
        await Planning.StoreAsync(runtime, new { actions = Array.Empty<object>() });
        (await (await Planning.ExecuteAsync(runtime)).EndedAsync()).ResultOf("execute_plan").Text("status").ShouldBe("executed");
        dispatcher.Calls.ShouldBe(1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Dispatch_HandlerThrows_FailsThePlanWithTheMessageAndNoStack(bool timesOut)
    {
        Exception Failure() => timesOut
            ? new TaskCanceledException("the price service timed out")
            : new InvalidOperationException("the price service timed out", new InvalidOperationException("password=SECRET-7"));
        await using var runtime = Planning.Open(Plan, new WholePlan((_, _) => throw Failure()), Approval.Never);
        await Planning.StoreAsync(runtime, TwoActions);
        var events = await (await Planning.ExecuteAsync(runtime)).EndedAsync();
        (await AssertFailedAsync(runtime, events, "dispatch_failed")).ShouldBe("The plan failed: the price service timed out");
        events[^1].ShouldBeOfType<FinishEvent>().FinishReason.ShouldBe(FinishReason.Stop, "the run goes on");
        var everything = await Office.JournalTextAsync(runtime);
        everything.ShouldNotContain("SECRET-7");
        everything.ShouldNotContain("   at ");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Dispatch_ActionFails_EarlierOnesAreCompensatedInReverseIfThePlanAsksForIt(bool compensates)
    {
        var log = new List<string>();
        var plan = Plan with { CompensateOnFailure = compensates };
        await using var runtime = Planning.Open(plan, Compensating(plan, log), Approval.Never);
        await Planning.StoreAsync(runtime, new { actions = new[] { new { kind = "one" }, new { kind = "two" }, new { kind = "three" }, new { kind = "fails" }, new { kind = "never" } } });
        var events = await (await Planning.ExecuteAsync(runtime)).EndedAsync();
        (await AssertFailedAsync(runtime, events, "dispatch_failed")).ShouldBe("Action 3 (fails) failed: no");
        log.ShouldBe(compensates
            ? ["do one", "do two", "do three", "undo three", "undo two", "undo one"]
            : ["do one", "do two", "do three"]);
        events.OfType<ActionStatusChangeEvent>().Where(e => e.Status is not ActionStatus.Executing).Select(e => $"{e.Index} {e.Status}").ShouldBe(compensates
            ? ["0 Executed", "1 Executed", "2 Executed", "3 Failed", "2 Compensated", "1 Failed", "0 Compensated"]
            : ["0 Executed", "1 Executed", "2 Executed", "3 Failed"]);
    }

    [Fact]
    public async Task IdempotencyKey_VersionIndexPlanAndTenant_MakeItAndAttemptsDoNot()
    {
        var keys = new List<string>();
        ActionHandlers Handlers() => ActionHandlers.For(Plan).On("a", Keyed()).On("b", Keyed());
        ActionHandler Keyed() => new()
        {
            Preview = (_, context) => Remember(context),
            Handle = async (_, context) => (ActionResult?)await Remember(context),
        };
        Task<object?> Remember(DispatchContext context)
        {
            keys.Add(context.IdempotencyKey);
            return Task.FromResult<object?>(null);
        }

        await using var runtime = Planning.Open(Plan, Handlers());
        await Planning.StoreAsync(runtime, TwoActions);
        await (await Planning.ExecuteAsync(runtime)).DecideAsync(ApprovalOutcome.Reject);
        await (await Planning.ExecuteAsync(runtime)).DecideAsync(ApprovalOutcome.Approve);
        // Two previews, two again, and the effects: the same two keys each time.
        keys.Count.ShouldBe(6);
        keys.Take(2).Distinct().Count().ShouldBe(2);
        keys.Skip(2).Take(2).ShouldBe(keys.Take(2));
        keys.Skip(4).ShouldBe(keys.Take(2));

        await Planning.StoreAsync(runtime, TwoActions, "plan-2");
        await Planning.StoreAsync(runtime, TwoActions, "plan-2");
        await (await Planning.ExecuteAsync(runtime, "plan-2")).DecideAsync(ApprovalOutcome.Approve);
        keys.Skip(6).Intersect(keys.Take(6)).ShouldBeEmpty();
        keys.ShouldAllBe(key => key.Length == 32);
    }

    [Fact]
    public async Task Previews_OnTheCard_OneThatFailsDoesNotHideTheRequest()
    {
        var handlers = ActionHandlers.For(Plan)
            .On("a", new() { Handle = (_, _) => Task.FromResult<ActionResult?>(null), Preview = (_, _) => Task.FromResult<object?>(new { from = 1, to = 2 }) })
            .On("b", new() { Handle = (_, _) => Task.FromResult<ActionResult?>(null), Preview = (_, _) => throw new TaskCanceledException("slow") })
            .On("c", new() { Handle = (_, _) => Task.FromResult<ActionResult?>(null), Preview = (_, _) => Task.FromResult<object?>(typeof(string)) })
            .On("d", new() { Handle = (_, _) => Task.FromResult<ActionResult?>(null), Preview = (_, _) => Task.FromResult<object?>(new string('x', 100_000)) })
            .On("e", new() { Handle = (_, _) => Task.FromResult<ActionResult?>(null) });
        await using var runtime = Planning.Open(Plan, handlers);
        await Planning.StoreAsync(runtime, new { actions = "abcde".Select(kind => new { kind = kind.ToString() }) });
        var run = await Planning.ExecuteAsync(runtime);
        var previews = (await run.AskedAsync())[0].Payload.GetProperty("previews");
        previews.GetArrayLength().ShouldBe(4);
        previews[0].GetProperty("preview").GetProperty("to").GetInt32().ShouldBe(2);
        previews[1].Text("error").ShouldBe("slow");
        previews[2].TryGetProperty("error", out _).ShouldBeTrue();
        previews[3].Text("error").ShouldContain("the most is 16384");
        (await run.DecideAsync(ApprovalOutcome.Approve)).ResultOf("execute_plan").Text("status").ShouldBe("executed");
    }

    [Fact]
    public async Task Cancel_InMidDispatch_FailsThePlanAndStartsNoFurtherAction()
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var second = 0;
        var handlers = ActionHandlers.For(Plan)
            .On("a", new()
            {
                Handle = async (_, _) =>
                {
                    begun.SetResult();
                    await release.Task; // Does not look at its token.
                    return ActionResult.Affected(1);
                },
            })
            .On("b", new() { Handle = (_, _) => Task.FromResult<ActionResult?>(ActionResult.Affected(++second)) });
        await using var runtime = Planning.Open(Plan, handlers, Approval.Never);
        await Planning.StoreAsync(runtime, TwoActions);
        var run = await Planning.ExecuteAsync(runtime);
        await begun.Task;
        var cancelling = runtime.CancelAsync(run.RunId);
        release.SetResult();
        await cancelling;
        (await run.EndedAsync())[^1].ShouldBeOfType<FinishEvent>().FinishReason.ShouldBe(FinishReason.Cancelled);
        var plan = (await runtime.GetPlanAsync("plan-1"))!;
        plan.Status.ShouldBe(PlanStatus.Failed);
        plan.Error!.Code.ShouldBe("cancelled");
        second.ShouldBe(0);
    }

    [Fact]
    public async Task Cancel_HandlerObeysItsToken_FailsThePlan()
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var runtime = Planning.Open(
            Plan,
            new WholePlan(async (_, context) =>
            {
                begun.SetResult();
                await Task.Delay(Timeout.Infinite, context.CancellationToken);
                return null;
            }),
            Approval.Never);
        await Planning.StoreAsync(runtime, TwoActions);
        var run = await Planning.ExecuteAsync(runtime);
        await begun.Task;
        await runtime.CancelAsync(run.RunId);
        (await runtime.GetPlanAsync("plan-1"))!.ShouldSatisfyAllConditions(
            plan => plan.Status.ShouldBe(PlanStatus.Failed), plan => plan.Error!.Message.ShouldContain("may have had its effect"));
    }

    private sealed class Services : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;
    }

    private static ActionHandlers Compensating(PlanSpec plan, List<string> log)
    {
        var handlers = ActionHandlers.For(plan).On("fails", new() { Handle = (_, _) => throw new InvalidOperationException("no") });
        foreach (var kind in new[] { "one", "two", "three", "never" })
        {
            handlers = handlers.On(kind, new()
            {
                Handle = (action, _) =>
                {
                    log.Add($"do {action.Kind}");
                    return Task.FromResult<ActionResult?>(null);
                },
                Compensate = (action, _) =>
                {
                    log.Add($"undo {action.Kind}");
                    return kind == "two" ? throw new TaskCanceledException("cannot") : Task.CompletedTask;
                },
            });
        }

        return handlers;
    }

    private static async Task StoreLaunchAsync(AgentRuntime runtime, bool priceFirst = false)
    {
        var set = await runtime.CreateReferenceAsync(Shop.Products, new(["x"]));
        object launch = new { kind = "promotion_launch", products = set.ToHandle(), discountPct = 5 };
        object price = new { kind = "price_change", productId = "p", newPrice = 1 };
        await Planning.StoreAsync(runtime, new { rationale = "r", actions = priceFirst ? [price, launch] : new[] { launch, price } });
    }

    private static async Task<string> AssertFailedAsync(AgentRuntime runtime, IReadOnlyList<RuntimeEvent> events, string code)
    {
        var result = events.ResultOf("execute_plan");
        result.Text("status").ShouldBe("failed");
        result.GetProperty("error").Text("code").ShouldBe(code);
        var plan = (await runtime.GetPlanAsync("plan-1"))!;
        plan.Status.ShouldBe(PlanStatus.Failed);
        plan.Error!.Code.ShouldBe(code);
        Planning.StatusesOf(events)[^1].ShouldBe("executing → failed");
        return plan.Error.Message;
    }
}
