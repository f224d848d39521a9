using Sluice.Evals.Running;

namespace Sluice.Evals.Checking;

/// <summary>What an eval says of the agents that it tests: names that they have to have.</summary>
internal sealed class SubjectRules
{
    private readonly string[] _tools;
    private readonly string[]? _kinds;

    private SubjectRules(RuntimeSpec spec)
    {
        _tools = [.. spec.Agents.SelectMany(agent => ToolsOf(agent, spec)).Distinct(StringComparer.Ordinal)];
        var kinds = spec.Plans.Select(PlanKinds.Of).ToArray();
        _kinds = kinds.Any(found => found is null) ? null : [.. kinds.SelectMany(found => found!).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Checks what the config says of the spec, and returns the rules for cases.</summary>
    public static SubjectRules Check(RuntimeSpec spec, EvalConfig config, EvalProblems problems)
    {
        CheckTarget(spec, config, problems);
        var rules = new SubjectRules(spec);
        for (var i = 0; i < config.ScorerConfig.IgnoreTools.Count; i++)
            rules.RequireTool(config.ScorerConfig.IgnoreTools[i], $"config.scorerConfig.ignoreTools[{i}]", problems);
        return rules;
    }

    /// <summary>Checks the names that a case expects.</summary>
    public void Check(TestCase testCase, string path, EvalProblems problems)
    {
        for (var i = 0; i < testCase.ExpectedTrajectory?.Count; i++) RequireTool(testCase.ExpectedTrajectory[i].Name, $"{path}.expectedTrajectory[{i}]", problems);
        for (var i = 0; i < testCase.FinalResponse?.Scorers.Count; i++)
        {
            if (testCase.FinalResponse.Scorers[i] is ResultSetScorer rows) RequireTool(rows.Tool, $"{path}.finalResponse.scorers[{i}].tool", problems);
        }

        CheckKinds(testCase.ExpectedActions?.Planned ?? [], $"{path}.expectedActions.planned", problems);
        CheckKinds(testCase.ExpectedActions?.Executed ?? [], $"{path}.expectedActions.executed", problems);
    }

    private static void CheckTarget(RuntimeSpec spec, EvalConfig config, EvalProblems problems)
    {
        const string path = "config.targetAgentId";
        var (candidates, role) = (CandidatesOf(spec, config), TargetAgent.RoleOf(config.Mode));
        if (config.TargetAgentId is { } name && candidates.Count == 0)
        {
            problems.RequireKnown(name, NamesOf(spec.Agents), EvalErrorCodes.UnknownAgent, path, "There is no agent", "the agents are");
        }
        else if (candidates.Count == 0)
        {
            problems.Add(EvalErrorCodes.NoAgentOfRole, path, $"Mode {EvalNames.Of(config.Mode)} tests the {EvalNames.Of(role!.Value)}, and no agent is one. Choose another mode.");
        }
        else if (candidates.Count > 1)
        {
            problems.Add(
                EvalErrorCodes.SeveralAgents, path,
                $"Mode {EvalNames.Of(config.Mode)} could mean several agents: {string.Join(", ", NamesOf(candidates))}. Name one.");
        }
        else if (config.Mode is EvalMode.Planner or EvalMode.Executor && candidates[0].Role != role)
        {
            problems.Add(
                EvalErrorCodes.WrongRole, path,
                $"Mode {EvalNames.Of(config.Mode)} tests the {EvalNames.Of(role!.Value)}, and \"{candidates[0].Name}\" is a {EvalNames.Of(candidates[0].Role)}. Name another agent, or choose another mode.");
        }
    }

    /// <summary>The agents that the config may mean.</summary>
    private static IReadOnlyList<AgentSpec> CandidatesOf(RuntimeSpec spec, EvalConfig config)
    {
        if (config.TargetAgentId is { } name) return [.. spec.Agents.Where(agent => agent.Name == name)];
        if (TargetAgent.RoleOf(config.Mode) is { } role) return [.. spec.Agents.Where(agent => agent.Role == role)];
        var coordinators = spec.Agents.Where(agent => agent.Role == AgentRole.Coordinator).ToArray();
        return coordinators.Length > 0 ? coordinators : spec.Agents;
    }

    private void RequireTool(string name, string path, EvalProblems problems)
    {
        // A blank one was reported as such.
        if (!string.IsNullOrWhiteSpace(name)) problems.RequireKnown(name, _tools, SpecErrorCodes.UnknownTool, path, "No agent has a tool", "the tools are");
    }

    private void CheckKinds(IReadOnlyList<EvalAction> actions, string path, EvalProblems problems)
    {
        for (var i = 0; i < actions.Count; i++)
        {
            if (_kinds is not null && !string.IsNullOrWhiteSpace(actions[i].Kind))
                problems.RequireKnown(actions[i].Kind, _kinds, EvalErrorCodes.UnknownActionKind, $"{path}[{i}].kind", "No plan has actions of kind", "the kinds are");
        }
    }

    private static IEnumerable<string> ToolsOf(AgentSpec agent, RuntimeSpec spec) =>
        agent.Tools.Select(tool => tool.Name).Concat(BuiltInTools.Of(agent.Role, agent.Toolkits).Where(tool => IsKept(tool, agent, spec)));

    /// <summary>A toolkit that is cut down keeps the tools that an agent's role brings.</summary>
    private static bool IsKept(string tool, AgentSpec agent, RuntimeSpec spec) =>
        BuiltInTools.Of(agent.Role, []).Contains(tool, StringComparer.Ordinal)
        || !spec.Toolkits.Any(toolkit => toolkit.Tools is { } kept && BuiltInTools.Toolkits.GetValueOrDefault(toolkit.Id, []).Contains(tool) && !kept.Contains(tool));

    private static string[] NamesOf(IEnumerable<AgentSpec> agents) => [.. agents.Select(agent => agent.Name)];
}
