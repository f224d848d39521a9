namespace Sluice.Evals.Running;

/// <summary>Which agent of a spec is asked.</summary>
internal static class TargetAgent
{
    /// <summary>The role that a mode tests; null: whoever answers a prompt.</summary>
    public static AgentRole? RoleOf(EvalMode mode) => mode switch
    {
        EvalMode.Planner => AgentRole.Planner,
        EvalMode.Executor => AgentRole.Executor,
        EvalMode.Specialist or EvalMode.TestCaseBuilder => AgentRole.Specialist,
        _ => null,
    };

    /// <summary>The agent that the config names, else the one of the mode's role; null: whoever answers a prompt.</summary>
    public static string? Find(RuntimeSpec spec, EvalConfig config) => config.TargetAgentId
        ?? (RoleOf(config.Mode) is { } role ? spec.Agents.Single(agent => agent.Role == role).Name : null);
}
