using System.Text.Json;

namespace Sluice;

/// <summary>An action of an executing plan changed its status.</summary>
public sealed record ActionStatusChangeEvent : RuntimeEvent
{
    /// <summary>The plan.</summary>
    public required string PlanId { get; init; }

    /// <summary>The action's place in the plan, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>The action's kind.</summary>
    public required string Kind { get; init; }

    /// <summary>The status now.</summary>
    public required ActionStatus Status { get; init; }

    /// <summary>What it changed, or why it failed.</summary>
    public JsonElement? Result { get; init; }
}
