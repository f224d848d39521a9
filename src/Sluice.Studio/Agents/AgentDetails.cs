using System.Text.Json;

namespace Sluice.Studio.Agents;

/// <summary>An agent with all that decides how it works.</summary>
internal sealed record AgentDetails
{
    public required string Name { get; init; }

    public required AgentRole Role { get; init; }

    /// <summary>Whether prompts without an agent's name go to it.</summary>
    public required bool IsEntry { get; init; }

    public required ModelSpec Model { get; init; }

    public required bool Stateful { get; init; }

    public required int MaxTurns { get; init; }

    /// <summary>The agents it may hand work to.</summary>
    public required IReadOnlyList<string> Routes { get; init; }

    public required string SystemPrompt { get; init; }

    /// <summary>The name of its plan; null: none.</summary>
    public string? Plan { get; init; }

    /// <summary>The JSON Schema of the plan's body; null: none.</summary>
    public JsonElement? PlanSchema { get; init; }

    /// <summary>The rule that gates the execution of plans; null: it executes none.</summary>
    public ApprovalExplanation? PlanApproval { get; init; }

    public required IReadOnlyList<AgentTool> Tools { get; init; }
}
