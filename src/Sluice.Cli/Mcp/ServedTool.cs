using System.Text.Json;

namespace Sluice.Cli.Mcp;

/// <summary>A tool as clients would see it, and what they would not: whether a call asks first, and which rule says so.</summary>
internal sealed record ServedTool(string Name, string Description, ToolEffect Effect, ApprovalMode Approval, string Rule, JsonElement InputSchema)
{
    /// <summary>The tools that a server of the agent offers. <c>call_agent</c> is none of them: clients call tools, not agents.</summary>
    public static IReadOnlyList<ServedTool> Of(AgentRuntime runtime, string agent) =>
        [.. runtime.ListTools(agent).Where(tool => tool.Name != BuiltInTools.CallAgent).Select(tool => Of(runtime, agent, tool))];

    private static ServedTool Of(AgentRuntime runtime, string agent, ToolSpec tool)
    {
        var explained = runtime.ExplainApproval(agent, tool.Name);
        return new(tool.Name, tool.Description, tool.Effect, explained.Policy.Mode, explained.Rule, tool.InputSchema);
    }
}
