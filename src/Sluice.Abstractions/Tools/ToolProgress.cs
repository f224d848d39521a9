namespace Sluice;

/// <summary>How far a tool has come, shown as a <c>tool_progress</c> event.</summary>
public sealed record ToolProgress
{
    /// <summary>What is being done now.</summary>
    public required string Label { get; init; }

    /// <summary>The current phase, from 0; null when the tool has no phases.</summary>
    public int? PhaseIndex { get; init; }

    /// <summary>How many phases there are; null when that is not known.</summary>
    public int? TotalPhases { get; init; }

    /// <summary>Whether this is worth keeping in view after the call.</summary>
    public bool Milestone { get; init; }
}
