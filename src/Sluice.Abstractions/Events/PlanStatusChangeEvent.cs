namespace Sluice;

/// <summary>A plan changed its status, as shown to people.</summary>
public sealed record PlanStatusChangeEvent : RuntimeEvent
{
    /// <summary>The plan.</summary>
    public required string PlanId { get; init; }

    /// <summary>The status before; null for a new plan.</summary>
    public string? From { get; init; }

    /// <summary>The status now. <c>pending_approval</c> is shown while a request waits; it is never stored.</summary>
    public required string To { get; init; }

    /// <summary>The plan spec's label for the status, else the status.</summary>
    public required string Label { get; init; }
}
