namespace Sluice;

/// <summary>A sub-agent began or ended its work.</summary>
public sealed record ToolAgentEvent : RuntimeEvent
{
    /// <summary>The sub-agent.</summary>
    public required string AgentName { get; init; }

    /// <summary>Call or result.</summary>
    public required InvocationState State { get; init; }
}
