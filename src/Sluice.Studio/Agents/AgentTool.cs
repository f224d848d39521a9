using System.Text.Json;

namespace Sluice.Studio.Agents;

/// <summary>A tool as an agent has it.</summary>
internal sealed record AgentTool
{
    public required string Name { get; init; }

    public required string Description { get; init; }

    public required ToolEffect Effect { get; init; }

    /// <summary>Whether the runtime brings it, not the application.</summary>
    public required bool IsBuiltIn { get; init; }

    public required JsonElement InputSchema { get; init; }

    /// <summary>The rule that gates it, and why.</summary>
    public required ApprovalExplanation Approval { get; init; }
}
