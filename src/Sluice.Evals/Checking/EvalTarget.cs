namespace Sluice.Evals.Checking;

/// <summary>Which agent of a spec a mode tests.</summary>
internal static class EvalTarget
{
    /// <summary>The role that the mode tests; null: whichever answers for the whole.</summary>
    public static AgentRole? RoleOf(EvalMode mode) => mode switch
    {
        EvalMode.Planner => AgentRole.Planner,
        EvalMode.Executor => AgentRole.Executor,
        EvalMode.Specialist or EvalMode.TestCaseBuilder => AgentRole.Specialist,
        _ => null,
    };

    /// <summary>The agents that the config may mean. It can be run when there is exactly one.</summary>
    public static IReadOnlyList<AgentSpec> Candidates(RuntimeSpec spec, EvalConfig config)
    {
        if (config.TargetAgentId is { } name) return [.. spec.Agents.Where(agent => agent.Name == name)];
        if (RoleOf(config.Mode) is { } role) return [.. spec.Agents.Where(agent => agent.Role == role)];
        var coordinators = spec.Agents.Where(agent => agent.Role == AgentRole.Coordinator).ToArray();
        return coordinators.Length > 0 ? coordinators : spec.Agents;
    }
}
