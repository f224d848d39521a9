using Sluice.JsonSchemas.Evaluating;

namespace Sluice;

internal static class ApprovalRules
{
    public static void Check(SpecCheck check)
    {
        var spec = check.Spec;
        CheckChannels(check, spec.ApprovalPolicies?.Plans, spec.ApprovalPolicies?.Tools, "approvalPolicies");
        foreach (var (name, rules) in spec.ApprovalOverrides)
        {
            var path = SpecCheck.Entry("approvalOverrides", name);
            check.RequireKnown(name, check.AgentNames, SpecErrorCodes.UnknownOverrideAgent, path, "There is no agent");
            CheckChannels(check, rules.Plans, rules.Tools, path);
            CheckOverrideTools(check, spec.Agents.FirstOrDefault(agent => agent.Name == name), rules, path);
        }
    }

    public static void Check(SpecCheck check, AgentSpec agent, string path)
    {
        var rules = agent.ApprovalPolicies;
        CheckChannels(check, rules?.Plans, rules?.Tools, $"{path}.approvalPolicies");
        // A coordinator's rules are the floor where the spec gives none.
        var isFloor = agent.Role == AgentRole.Coordinator && check.Spec.ApprovalPolicies is null;
        if (rules is { Locked: true } && !isFloor)
            check.Report(
                SpecErrorCodes.MisplacedLock, $"{path}.approvalPolicies.locked", "Only the runtime's approval floor can be locked. Set it on approvalPolicies of the runtime.");

        string[] names = [.. agent.Tools.Select(tool => tool.Name), .. BuiltInTools.ToolNames];
        foreach (var (tool, policy) in agent.ToolApprovalPolicies)
        {
            var place = SpecCheck.Entry($"{path}.toolApprovalPolicies", tool);
            if (!McpServerRules.MayServe(check.Spec, agent, tool))
                check.RequireKnown(tool, names, SpecErrorCodes.UnknownToolApproval, place, $"The agent {Excerpt.Quote(agent.Name)} has no tool");
            CheckPolicy(check, policy, place);
        }
    }

    public static void CheckPolicy(SpecCheck check, ApprovalPolicy policy, string path)
    {
        if (policy.PredicateId is not null) check.RequireText(policy.PredicateId, SpecErrorCodes.BlankPredicateId, $"{path}.predicateId", "The predicate's id");
        check.RequirePositive(policy.ExpiresAfter, SpecErrorCodes.InvalidExpiry, $"{path}.expiresAfterMs");
        for (var i = 0; i < policy.Approvers.Count; i++)
            check.RequireText(policy.Approvers[i], SpecErrorCodes.BlankApprover, $"{path}.approvers[{i}]", "The approver's name");

        var approvers = policy.Approvers.Distinct(StringComparer.Ordinal).Count();
        if (policy.Quorum < 1)
            check.Report(SpecErrorCodes.InvalidQuorum, $"{path}.quorum", $"A quorum of {policy.Quorum} is too small. Give at least 1.");
        else if (approvers > 0 && policy.Quorum > approvers)
            check.Report(
                SpecErrorCodes.UnreachableQuorum, $"{path}.quorum",
                $"A quorum of {policy.Quorum} can't be reached by {approvers} approvers. Name more of them, or ask for fewer.");
    }

    private static void CheckChannels(SpecCheck check, ApprovalPolicy? plans, ApprovalPolicy? tools, string path)
    {
        if (plans is { Mode: ApprovalMode.Dynamic })
            check.Report(SpecErrorCodes.DynamicPlanPolicy, $"{path}.plans", "A dynamic policy looks at the arguments of a tool, and plans have none. Use always or never.");
        if (plans is not null) CheckPolicy(check, plans, $"{path}.plans");
        if (tools is not null) CheckPolicy(check, tools, $"{path}.tools");
    }

    private static void CheckOverrideTools(SpecCheck check, AgentSpec? agent, ApprovalOverride rules, string path)
    {
        foreach (var (tool, policy) in rules.ToolApprovals)
        {
            var place = SpecCheck.Entry($"{path}.toolApprovals", tool);
            if (agent is not null && !McpServerRules.MayServe(check.Spec, agent, tool))
                check.RequireKnown(
                    tool, [.. agent.Tools.Select(own => own.Name), .. BuiltInTools.Of(agent.Role, agent.Toolkits)], SpecErrorCodes.UnknownOverrideTool, place,
                    $"The agent {Excerpt.Quote(agent.Name)} has no tool");
            CheckPolicy(check, policy, place);
        }
    }
}
