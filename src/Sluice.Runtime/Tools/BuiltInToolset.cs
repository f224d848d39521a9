using Sluice.Runtime.Loop;
using Sluice.Runtime.Plans;
using Sluice.Runtime.References;

namespace Sluice.Runtime.Tools;

/// <summary>Which of the runtime's own tools an agent has: those of its role, and those of the toolkits it selects.</summary>
internal sealed class BuiltInToolset(PlanLifecycle plans, PlanExecution execution, TenantReferences references, SubAgents subAgents)
{
    public IReadOnlyList<IBuiltInTool> For(AgentSpec agent, RuntimeSpec spec)
    {
        var tools = new Dictionary<string, IBuiltInTool>(StringComparer.Ordinal);
        void Add(IBuiltInTool tool) => tools.TryAdd(tool.Spec.Name, tool);

        if (agent.Routes.Count > 0) Add(new CallAgentTool(subAgents, agent));
        if (agent.Plan is { } plan && agent.Role is AgentRole.Planner) Add(new StorePlanTool(plans, plan));
        if (agent.Role is AgentRole.Planner or AgentRole.Executor || Selects(agent, BuiltInTools.PlansToolkit)) Add(new GetPlanTool(plans));
        if (agent.Role is AgentRole.Executor) Add(new ExecutePlanTool(execution));
        if (agent.Role is AgentRole.Executor || Selects(agent, BuiltInTools.ReferencesToolkit))
        {
            Add(new ResolveRefTool(references));
            Add(new GlimpseRefTool(references));
        }

        Narrow(agent, spec, tools);
        return [.. tools.Values];
    }

    private static bool Selects(AgentSpec agent, string toolkit) => agent.Toolkits.Contains(toolkit, StringComparer.Ordinal);

    /// <summary>A toolkit's configuration may leave tools out, but never those that the role brings.</summary>
    private static void Narrow(AgentSpec agent, RuntimeSpec spec, Dictionary<string, IBuiltInTool> tools)
    {
        if (agent.Role == AgentRole.Executor || !Selects(agent, BuiltInTools.ReferencesToolkit)) return;
        var kept = spec.Toolkits.FirstOrDefault(toolkit => toolkit.Id == BuiltInTools.ReferencesToolkit)?.Tools;
        if (kept is null) return;
        if (!kept.Contains(BuiltInTools.ResolveRef, StringComparer.Ordinal)) tools.Remove(BuiltInTools.ResolveRef);
        if (!kept.Contains(BuiltInTools.GlimpseRef, StringComparer.Ordinal)) tools.Remove(BuiltInTools.GlimpseRef);
    }
}
