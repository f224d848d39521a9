using Sluice.Cli.Output;

namespace Sluice.Cli.Spec;

/// <summary>A tool as an agent has it.</summary>
internal sealed record ShownTool(string Agent, string Tool, string Effect, string Approval, string Rule, string Reason)
{
    public static ShownTool Of(AgentRuntime runtime, AgentSpec agent, ToolSpec tool)
    {
        var explained = runtime.ExplainApproval(agent.Name, tool.Name);
        return new(agent.Name, tool.Name, WireName.Of(tool.Effect), WireName.Of(explained.Policy.Mode), explained.Rule, explained.Reason);
    }
}
