namespace Sluice;

/// <summary>How far a tool has come.</summary>
public sealed record ToolProgressEvent : RuntimeEvent
{
    /// <summary>The id of the call.</summary>
    public required string ToolInvocationId { get; init; }

    /// <summary>The tool.</summary>
    public required string ToolName { get; init; }

    /// <summary>What is being done now.</summary>
    public required string Label { get; init; }

    /// <summary>The current phase, from 0.</summary>
    public int? PhaseIndex { get; init; }

    /// <summary>How many phases there are.</summary>
    public int? TotalPhases { get; init; }

    /// <summary>Whether this is worth keeping in view after the call.</summary>
    public bool Milestone { get; init; }
}
