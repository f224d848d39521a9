namespace Sluice.Runtime.Tests.Approvals;

public sealed class ApprovalPolicyTests
{
    private static readonly PlanSpec Plan = Define.Plan("P", Office.Json("""{"type":"object","properties":{"actions":{"type":"array"}},"required":["actions"]}"""));

    /// <summary>Levels from the most specific: tool of agent, tool, agent, override's tool, override, floor. n: never, a: always, -: no opinion.</summary>
    [Theory]
    [InlineData("------", "never", "default")]
    [InlineData("-----a", "always", "approvalPolicies.tools")]
    [InlineData("----na", "never", "approvalOverrides[clerk].tools")]
    [InlineData("----an", "always", "approvalOverrides[clerk].tools")]
    [InlineData("---nan", "never", "approvalOverrides[clerk].toolApprovals[post]")]
    [InlineData("--anna", "always", "agents[clerk].approvalPolicies.tools")]
    [InlineData("--naaa", "never", "agents[clerk].approvalPolicies.tools")]
    [InlineData("-anana", "always", "tools[post].approval")]
    [InlineData("-naaaa", "never", "tools[post].approval")]
    [InlineData("a-nnnn", "always", "agents[clerk].toolApprovalPolicies[post]")]
    [InlineData("naaaaa", "never", "agents[clerk].toolApprovalPolicies[post]")]
    [InlineData("d-aaaa", "always", "agents[clerk].approvalPolicies.tools")]
    public void ExplainApproval_RulesOnSeveralLevels_MostSpecificOpinionWins(string levels, string mode, string rule)
    {
        using var runtime = new Explained(SpecOf([.. levels.Select(PolicyOf)]));
        var explanation = runtime.Of("post");
        explanation.Policy.Mode.ToString().ShouldBe(mode, StringCompareShould.IgnoreCase);
        explanation.Rule.ShouldBe(rule);
        explanation.Reason.ShouldContain(rule == "default" ? "default" : rule);
        explanation.Considered.Select(considered => considered.Path).ShouldBeUnique();
        explanation.Considered.Count.ShouldBe(levels.Count(level => level is 'a' or 'n'));
    }

    [Theory]
    [InlineData("n----a", "always", "approvalPolicies.tools", "locked")]
    [InlineData("a----n", "always", "agents[clerk].toolApprovalPolicies[post]", "at least as strict")]
    [InlineData("n----n", "never", "agents[clerk].toolApprovalPolicies[post]", "agrees")]
    [InlineData("-----a", "always", "approvalPolicies.tools", "floor")]
    [InlineData("a-----", "always", "agents[clerk].toolApprovalPolicies[post]", "strict")]
    public void ExplainApproval_FloorLocked_NarrowerRuleMayOnlyTighten(string levels, string mode, string rule, string reason)
    {
        var spec = SpecOf([.. levels.Select(PolicyOf)]);
        using var runtime = new Explained(spec with { ApprovalPolicies = (spec.ApprovalPolicies ?? new()) with { Locked = true } });
        var explanation = runtime.Of("post");
        explanation.Policy.Mode.ToString().ShouldBe(mode, StringCompareShould.IgnoreCase);
        explanation.Rule.ShouldBe(rule);
        explanation.Reason.ShouldContain(reason);
    }

    [Fact]
    public void ExplainApproval_LockedFloorWithApproversQuorumAndExpiry_NarrowerRuleCannotWidenThem()
    {
        var floor = Approval.Always with { Approvers = ["ana", "ben", "cy"], Quorum = 2, ExpiresAfter = TimeSpan.FromHours(1) };
        var narrow = Approval.Always with { Approvers = ["ben", "cy", "dora"], ExpiresAfter = TimeSpan.FromHours(2) };
        using var runtime = new Explained(SpecOf([narrow, null, null, null, null, floor], locked: true));
        var policy = runtime.Of("post").Policy;
        policy.Approvers.ShouldBe(["ben", "cy"]);
        policy.Quorum.ShouldBe(2);
        policy.ExpiresAfter.ShouldBe(TimeSpan.FromHours(1));
    }

    [Fact]
    public void ExplainApproval_LockedFloorSharesTooFewApprovers_FloorsApproversStand()
    {
        var floor = Approval.Always with { Approvers = ["ana", "ben"], Quorum = 2 };
        using var runtime = new Explained(SpecOf([Approval.Always with { Approvers = ["ben"] }, null, null, null, null, floor], locked: true));
        runtime.Of("post").Policy.Approvers.ShouldBe(["ana", "ben"]);
    }

    [Fact]
    public void ExplainApproval_LockedFloorLeavesPlansOpen_PlansCannotBeRelaxed()
    {
        var spec = Define.Runtime(
            Define.Tenant("acme", "v1"),
            [Define.Executor("executor", "m", "p", Plan, approval: new() { Plans = Approval.Never })],
            approvalPolicies: new() { Tools = Approval.Never, Locked = true });
        using var runtime = new Explained(spec);
        var explanation = runtime.Of("execute_plan", "executor");
        explanation.Policy.Mode.ShouldBe(ApprovalMode.Always);
        explanation.Reason.ShouldBe("'default' is locked; 'agents[executor].approvalPolicies.plans' may only tighten it.");
    }

    [Fact]
    public void ExplainApproval_NoFloorWritten_CoordinatorsRulesAreTheFloorAndItsLockHolds()
    {
        RuntimeSpec SpecWith(bool locked) => Define.Runtime(
            Define.Tenant("acme", "v1"),
            [
                Define.Coordinator("boss", "m", "p", ["clerk"], approval: new() { Tools = Approval.Always, Locked = locked }),
                Define.Specialist("clerk", "m", "p", tools: [new Office().PostTool(Approval.Never), new Office().PostTool(name: "other")]),
            ]);
        using var open = new Explained(SpecWith(locked: false));
        open.Of("other").Rule.ShouldBe("agents[boss].approvalPolicies.tools");
        open.Of("post").Policy.Mode.ShouldBe(ApprovalMode.Never);
        using var locked = new Explained(SpecWith(locked: true));
        locked.Of("post").Policy.Mode.ShouldBe(ApprovalMode.Always);
    }

    [Fact]
    public void ExplainApproval_BuiltInTools_OnlyARuleThatNamesOneGatesIt()
    {
        AgentSpec Executor(Dictionary<string, ApprovalPolicy>? named) => Define.Executor(
            "executor", "m", "p", Plan, approval: new() { Tools = Approval.Always }, toolApprovals: named);
        RuntimeSpec SpecWith(AgentSpec agent) => Define.Runtime(
            Define.Tenant("acme", "v1"), [agent], approvalPolicies: new() { Tools = Approval.Always, Plans = Approval.Always, Locked = true },
            approvalOverrides: new Dictionary<string, ApprovalOverride> { ["executor"] = new() { Tools = Approval.Always } });
        using var unnamed = new Explained(SpecWith(Executor(null)));
        unnamed.Of("resolve_ref", "executor").Policy.Mode.ShouldBe(ApprovalMode.Never);
        unnamed.Of("get_plan", "executor").Rule.ShouldBe("default");
        using var named = new Explained(SpecWith(Executor(new() { ["resolve_ref"] = Approval.Always })));
        named.Of("resolve_ref", "executor").Policy.Mode.ShouldBe(ApprovalMode.Always);
    }

    [Fact]
    public void ExplainApproval_ExecutePlan_IsDecidedByThePlanChannel()
    {
        RuntimeSpec SpecWith(ApprovalPatch? approval, Dictionary<string, ApprovalPolicy>? named = null) => Define.Runtime(
            Define.Tenant("acme", "v1"), [Define.Executor("executor", "m", "p", Plan, approval: approval, toolApprovals: named)]);
        using var silent = new Explained(SpecWith(new() { Tools = Approval.Never }));
        silent.Of("execute_plan", "executor").ShouldSatisfyAllConditions(
            e => e.Policy.Mode.ShouldBe(ApprovalMode.Always), e => e.Rule.ShouldBe("default"), e => e.Reason.ShouldContain("plans are always asked for"));
        using var plans = new Explained(SpecWith(new() { Plans = Approval.Never }));
        plans.Of("execute_plan", "executor").Policy.Mode.ShouldBe(ApprovalMode.Never);
        using var named = new Explained(SpecWith(new() { Plans = Approval.Never }, new() { ["execute_plan"] = Approval.Always }));
        named.Of("execute_plan", "executor").Rule.ShouldBe("agents[executor].toolApprovalPolicies[execute_plan]");
    }

    [Fact]
    public void ExplainApproval_UnknownAgentOrTool_SaysWhatThereIs()
    {
        using var runtime = new Explained(Office.Spec(new Office().PostTool()));
        Should.Throw<SluiceException>(() => runtime.Of("post", "nobody")).ShouldSatisfyAllConditions(
            e => e.Code.ShouldBe("unknown_agent"), e => e.Message.ShouldContain("clerk"));
        Should.Throw<SluiceException>(() => runtime.Of("missing")).ShouldSatisfyAllConditions(
            e => e.Code.ShouldBe("unknown_tool"), e => e.Message.ShouldContain("post"));
    }

    [Fact]
    public void Create_DynamicPredicateNotRegistered_FailsAndNamesItAlsoForBuiltInTools()
    {
        var exception = Should.Throw<SpecValidationException>(() => Office.Create(Define.Runtime(
            Define.Tenant("acme", "v1"),
            [
                Define.Executor(
                    "executor", "m", "p", Plan, tools: [new Office().PostTool(Approval.Dynamic("large"))],
                    toolApprovals: new() { ["resolve_ref"] = Approval.Dynamic("secret") }),
            ])));
        exception.Errors.Select(error => error.Code).ShouldBe(["unknown_predicate", "unknown_predicate"]);
        exception.Message.ShouldContain("'large'");
        exception.Message.ShouldContain("'secret'");
    }

    [Fact]
    public async Task ToolCall_TypedPredicate_AsksOnlyWhenItSaysSo()
    {
        var office = new Office();
        await using var runtime = office.Open(Approval.When<Posting>((args, context) => args.Amount > 100 && context.Agent == "clerk"));
        var run = await WatchedRun.StartAsync(runtime, Script.Of(Office.Call("small", 5), Office.Call("large", 500)));
        (await run.AskedAsync()).ShouldHaveSingleItem().Payload.Text("account").ShouldBe("large");
        office.Posted.ShouldBe(["post small 5"]);
        await run.DecideAsync(ApprovalOutcome.Approve);
        office.Posted.ShouldBe(["post small 5", "post large 500"]);
    }

    [Fact]
    public async Task ToolCall_PredicateThrows_Asks()
    {
        var office = new Office();
        await using var runtime = office.Open(Approval.When<Posting>((_, _) => throw new InvalidOperationException("broken")));
        var run = await WatchedRun.StartAsync(runtime, Script.Of(Office.Call("a")));
        await run.AskedAsync();
        office.Posted.ShouldBeEmpty();
    }

    [Fact]
    public async Task ToolCall_PredicateById_IsFoundInTheOptionsOrUnderTheToolsName()
    {
        var office = new Office();
        await using var runtime = SluiceRuntime.Create(
            Office.Spec(office.PostTool(Approval.Dynamic("large")), office.PostTool(new() { Mode = ApprovalMode.Dynamic }, "other")),
            new()
            {
                Interpreter = Interpreter.Scripted,
                ApprovalPredicates =
                {
                    ["large"] = (arguments, _) => arguments.GetProperty("amount").GetDecimal() > 100,
                    ["other"] = (_, _) => true,
                },
            });
        var run = await WatchedRun.StartAsync(runtime, Script.Of(Script.Calls(Office.Call("a"), Office.Call("b", 200), Office.Call("c", 1, "other"))));
        (await run.AskedAsync(2)).Select(asked => asked.Payload.Text("account")).ShouldBe(["b", "c"]);
        runtime.ExplainApproval("clerk", "other").Policy.PredicateId.ShouldBe("other");
    }

    private static ApprovalPolicy? PolicyOf(char level) => level switch
    {
        'n' => Approval.Never,
        'a' => Approval.Always,
        'd' => Approval.Default,
        _ => null,
    };

    internal static RuntimeSpec SpecOf(IReadOnlyList<ApprovalPolicy?> levels, bool locked = false)
    {
        var named = new Dictionary<string, ApprovalPolicy>();
        if (levels[0] is { } onAgent) named["post"] = onAgent;
        var overridden = new Dictionary<string, ApprovalPolicy>();
        if (levels[3] is { } onOverride) overridden["post"] = onOverride;
        return Define.Runtime(
            Define.Tenant("acme", "v1"),
            [
                Define.Specialist(
                    "clerk", "m", "p", tools: [new Office().PostTool(levels[1])], toolApprovals: named,
                    approval: levels[2] is { } agent ? new() { Tools = agent } : null),
            ],
            approvalOverrides: new Dictionary<string, ApprovalOverride> { ["clerk"] = new() { Tools = levels[4], ToolApprovals = overridden } },
            approvalPolicies: levels[5] is { } floor ? new() { Tools = floor, Locked = locked } : null);
    }

    internal sealed class Explained(RuntimeSpec spec) : IDisposable
    {
        private readonly SluiceRuntime _runtime = SluiceRuntime.Create(spec, new()
        {
            Interpreter = Interpreter.Scripted,
            ApprovalPredicates = { ["p1"] = (_, _) => true, ["p2"] = (_, _) => false },
        });

        public ApprovalExplanation Of(string tool, string agent = "clerk") => _runtime.ExplainApproval(agent, tool);

        // FsCheck's properties are synchronous, and nothing runs in this runtime that disposing could wait for.
        public void Dispose() => _runtime.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }
}
