namespace Sluice;

/// <summary>The run failed. Terminal.</summary>
public sealed record ErrorEvent : RuntimeEvent
{
    /// <summary>What went wrong.</summary>
    public required ErrorInfo Error { get; init; }
}
