namespace Sluice.Runtime.Approvals;

/// <summary>
/// Which rule gates a tool or a plan. The most specific opinion wins: the agent's rule for the tool, the tool's own, the agent's for the
/// channel, the runtime's override for the agent, the floor, the default. Below a locked floor a narrower rule may only tighten.
/// </summary>
internal static class ApprovalRules
{
    public static ApprovalExplanation ForTool(RuntimeSpec spec, AgentSpec agent, ToolSpec tool, bool isBuiltIn)
    {
        var rules = new List<ApprovalRule>();
        AddNamed(rules, agent, tool.Name);
        Add(rules, $"tools[{tool.Name}].approval", tool.Approval);
        // The runtime's own tools route and keep records; their effects pass other gates. Only a rule that names one gates it.
        if (!isBuiltIn) Add(rules, $"agents[{agent.Name}].approvalPolicies.tools", agent.ApprovalPolicies?.Tools);
        AddOverride(rules, spec, agent, tool.Name, isBuiltIn ? null : patch => patch.Tools, "tools");
        var floor = isBuiltIn ? null : Floor(spec, patch => patch.Tools, "tools");
        return Decide(agent, tool.Name, rules, floor, spec, Approval.Never, "tools run without asking");
    }

    public static ApprovalExplanation ForPlans(RuntimeSpec spec, AgentSpec agent)
    {
        var rules = new List<ApprovalRule>();
        AddNamed(rules, agent, BuiltInTools.ExecutePlan);
        Add(rules, $"agents[{agent.Name}].approvalPolicies.plans", agent.ApprovalPolicies?.Plans);
        AddOverride(rules, spec, agent, BuiltInTools.ExecutePlan, patch => patch.Plans, "plans");
        var floor = Floor(spec, patch => patch.Plans, "plans");
        return Decide(agent, BuiltInTools.ExecutePlan, rules, floor, spec, Approval.Always, "plans are always asked for");
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

    private static ApprovalRule? Floor(RuntimeSpec spec, Func<ApprovalPatch, ApprovalPolicy?> channel, string channelName)
    {
        if (spec.ApprovalPolicies is { } floor)
            return channel(floor) is { Mode: not ApprovalMode.Default } policy ? new($"approvalPolicies.{channelName}", policy) : null;
        var coordinator = spec.Agents.FirstOrDefault(agent => agent.Role == AgentRole.Coordinator);
        return coordinator?.ApprovalPolicies is { } patch && channel(patch) is { Mode: not ApprovalMode.Default } implicitPolicy
            ? new($"agents[{coordinator.Name}].approvalPolicies.{channelName}", implicitPolicy)
            : null;
    }

    private static void Add(List<ApprovalRule> rules, string path, ApprovalPolicy? policy)
    {
        if (policy is { Mode: not ApprovalMode.Default }) rules.Add(new(path, policy));
    }

    private static ApprovalExplanation Decide(
        AgentSpec agent, string tool, List<ApprovalRule> rules, ApprovalRule? floor, RuntimeSpec spec,
        ApprovalPolicy unruled, string unruledReason)
    {
        var narrow = rules.Count > 0 ? rules[0] : null;
        if (floor is not null && !rules.Contains(floor)) rules.Add(floor);
        var (rule, reason) = (narrow, floor) switch
        {
            (null, null) => (new ApprovalRule("default", unruled), $"No rule speaks of it; by default {unruledReason}."),
            (null, { } only) => (only, $"No narrower rule speaks of it; '{only.Path}' is the floor."),
            ({ } first, { } below) when spec.ApprovalPolicies?.Locked == true => UnderLock(first, below),
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
        if (narrow.Policy.Mode < floor.Policy.Mode || (narrow.Policy.Mode == ApprovalMode.Dynamic && floor.Policy.Mode == ApprovalMode.Dynamic))
            return (floor, $"'{floor.Path}' is locked; '{narrow.Path}' may only tighten it.");
        if (narrow.Policy.Mode == ApprovalMode.Never)
            return (narrow, $"'{narrow.Path}' agrees with the locked floor '{floor.Path}'.");
        var policy = narrow.Policy with
        {
            Approvers = Narrow(narrow.Policy.Approvers, floor.Policy.Approvers),
            Quorum = Math.Max(narrow.Policy.Quorum, floor.Policy.Quorum),
            ExpiresAfter = Shorter(narrow.Policy.ExpiresAfter, floor.Policy.ExpiresAfter),
        };
        return (narrow with { Policy = policy }, $"'{narrow.Path}' is at least as strict as the locked floor '{floor.Path}'.");
    }

    /// <summary>Those both name. When they share nobody, the floor's stand: an empty list would let anyone decide.</summary>
    private static IReadOnlyList<string> Narrow(IReadOnlyList<string> narrow, IReadOnlyList<string> floor)
    {
        if (floor.Count == 0) return narrow;
        if (narrow.Count == 0) return floor;
        string[] both = [.. narrow.Intersect(floor, StringComparer.Ordinal)];
        return both.Length == 0 ? floor : both;
    }

    private static TimeSpan? Shorter(TimeSpan? left, TimeSpan? right) =>
        left is null ? right : right is null ? left : left < right ? left : right;
}
