namespace Sluice.Runtime.Approvals;

/// <summary>
/// Which rule gates a tool or a plan. The most specific opinion wins: the agent's rule for the tool, the tool's own, the agent's for the
/// channel, the runtime's override for the agent, the floor, the default. Below a locked floor a narrower rule may only tighten.
/// </summary>
internal static class ApprovalRules
{
    public static ApprovalExplanation ForTool(RuntimeSpec spec, AgentSpec agent, ToolSpec tool, bool isBuiltIn)
    {
        if (isBuiltIn && tool.Name == BuiltInTools.ExecutePlan) return ByPlanChannel(agent);
        var rules = new List<ApprovalRule>();
        AddNamed(rules, agent, tool.Name);
        Add(rules, $"tools[{tool.Name}].approval", tool.Approval);
        // The runtime's own tools route and keep records; their effects pass other gates. Only a rule that names one gates it.
        if (!isBuiltIn) Add(rules, $"agents[{agent.Name}].approvalPolicies.tools", agent.ApprovalPolicies?.Tools);
        AddOverride(rules, spec, agent, tool.Name, isBuiltIn ? null : patch => patch.Tools, "tools");
        var floor = isBuiltIn ? default : FloorOf(spec, patch => patch.Tools, "tools");
        return Decide(agent, tool.Name, rules, floor, Approval.Never, "tools run without asking");
    }

    public static ApprovalExplanation ForPlans(RuntimeSpec spec, AgentSpec agent)
    {
        var rules = new List<ApprovalRule>();
        AddNamed(rules, agent, BuiltInTools.ExecutePlan);
        Add(rules, $"agents[{agent.Name}].approvalPolicies.plans", agent.ApprovalPolicies?.Plans);
        AddOverride(rules, spec, agent, BuiltInTools.ExecutePlan, patch => patch.Plans, "plans");
        var floor = FloorOf(spec, patch => patch.Plans, "plans");
        return Decide(agent, BuiltInTools.ExecutePlan, rules, floor, Approval.Always, "plans are always asked for");
    }

    private static void AddNamed(List<ApprovalRule> rules, AgentSpec agent, string tool) =>
        Add(rules, $"agents[{agent.Name}].toolApprovalPolicies[{tool}]", agent.ToolApprovalPolicies.GetValueOrDefault(tool));

    private static void AddOverride(
        List<ApprovalRule> rules, RuntimeSpec spec, AgentSpec agent, string tool,
        Func<ApprovalOverride, ApprovalPolicy?>? channel, string channelName)
    {
        if (!spec.ApprovalOverrides.TryGetValue(agent.Name, out var found)) return;
        Add(rules, $"approvalOverrides[{agent.Name}].toolApprovals[{tool}]", found.ToolApprovals.GetValueOrDefault(tool));
        if (channel is not null) Add(rules, $"approvalOverrides[{agent.Name}].{channelName}", channel(found));
    }

    /// <summary>The call itself asks nobody: what it executes passes the gate for plans.</summary>
    private static ApprovalExplanation ByPlanChannel(AgentSpec agent) => new()
    {
        Agent = agent.Name,
        Tool = BuiltInTools.ExecutePlan,
        Policy = Approval.Never,
        Rule = "default",
        Reason = "The plan that the call executes is gated, not the call.",
        Considered = [],
    };

    private static Floor FloorOf(RuntimeSpec spec, Func<ApprovalPatch, ApprovalPolicy?> channel, string channelName)
    {
        var coordinator = spec.Agents.FirstOrDefault(agent => agent.Role == AgentRole.Coordinator);
        var (patch, place) = spec.ApprovalPolicies is { } written
            ? (written, "approvalPolicies")
            : (coordinator?.ApprovalPolicies, $"agents[{coordinator?.Name}].approvalPolicies");
        if (patch is null) return default;
        var rule = channel(patch) is { Mode: not ApprovalMode.Default } policy ? new ApprovalRule($"{place}.{channelName}", policy) : null;
        return new(rule, patch.Locked);
    }

    private static void Add(List<ApprovalRule> rules, string path, ApprovalPolicy? policy)
    {
        if (policy is { Mode: not ApprovalMode.Default }) rules.Add(new(path, policy));
    }

    private static ApprovalExplanation Decide(
        AgentSpec agent, string tool, List<ApprovalRule> rules, Floor floor, ApprovalPolicy unruled, string unruledReason)
    {
        var narrow = rules.Count > 0 ? rules[0] : null;
        if (floor.Rule is not null && !rules.Contains(floor.Rule)) rules.Add(floor.Rule);
        var byDefault = new ApprovalRule("default", unruled);
        var (rule, reason) = (narrow, floor) switch
        {
            (null, { Rule: null }) => (byDefault, $"No rule speaks of it; by default {unruledReason}."),
            (null, { Rule: { } only }) => (only, $"No narrower rule speaks of it; '{only.Path}' is the floor."),
            ({ } first, { IsLocked: true }) => UnderLock(first, floor.Rule ?? byDefault),
            ({ } first, _) => (first, $"'{first.Path}' is the most specific rule."),
        };
        return new()
        {
            Agent = agent.Name,
            Tool = tool,
            Policy = rule.Policy,
            Rule = rule.Path,
            Reason = reason,
            Considered = rules,
        };
    }

    private static (ApprovalRule Rule, string Reason) UnderLock(ApprovalRule narrow, ApprovalRule floor)
    {
        if (narrow.Policy.Mode < floor.Policy.Mode)
            return (floor, $"'{floor.Path}' is locked; '{narrow.Path}' may only tighten it.");
        if (narrow.Policy.Mode == ApprovalMode.Never)
            return (narrow, $"'{narrow.Path}' agrees with the locked floor '{floor.Path}'.");
        // Of two predicates none is known to be stricter, so the locked one asks.
        if (narrow.Policy.Mode == ApprovalMode.Dynamic && floor.Policy.Mode == ApprovalMode.Dynamic)
        {
            return (floor with { Policy = Tighten(floor.Policy, narrow.Policy, floor.Policy) },
                $"'{floor.Path}' is locked and its predicate decides; '{narrow.Path}' may only tighten who decides, and how fast.");
        }

        return (narrow with { Policy = Tighten(narrow.Policy, narrow.Policy, floor.Policy) },
            $"'{narrow.Path}' is at least as strict as the locked floor '{floor.Path}'.");
    }

    private static ApprovalPolicy Tighten(ApprovalPolicy policy, ApprovalPolicy narrow, ApprovalPolicy floor)
    {
        var approvers = Narrow(narrow.Approvers, floor);
        var quorum = Math.Max(narrow.Quorum, floor.Quorum);
        return policy with
        {
            Approvers = approvers,
            // A quorum beyond those who may decide could never be reached.
            Quorum = approvers.Count == 0 ? quorum : Math.Max(floor.Quorum, Math.Min(quorum, approvers.Count)),
            ExpiresAfter = Shorter(narrow.ExpiresAfter, floor.ExpiresAfter),
        };
    }

    /// <summary>Those both name. When that leaves too few for the floor's quorum, the floor's stand: an empty list would let anyone decide.</summary>
    private static IReadOnlyList<string> Narrow(IReadOnlyList<string> narrow, ApprovalPolicy floor)
    {
        if (narrow.Count == 0) return floor.Approvers;
        string[] both = [.. floor.Approvers.Count == 0 ? narrow : narrow.Intersect(floor.Approvers, StringComparer.Ordinal)];
        return both.Length < floor.Quorum ? floor.Approvers : both;
    }

    private static TimeSpan? Shorter(TimeSpan? left, TimeSpan? right) =>
        left is null ? right : right is null ? left : left < right ? left : right;

    /// <summary>What holds where no narrower rule speaks; locked, narrower rules may only tighten it, and the default where it says nothing.</summary>
    private readonly record struct Floor(ApprovalRule? Rule, bool IsLocked);
}
