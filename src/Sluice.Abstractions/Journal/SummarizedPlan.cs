namespace Sluice.Journal;

/// <summary>A plan that folded history mentions, as it stood then.</summary>
public sealed record SummarizedPlan
{
    /// <summary>The plan.</summary>
    public required string PlanId { get; init; }

    /// <summary>The name of its spec.</summary>
    public required string SpecName { get; init; }

    /// <summary>Where it stood.</summary>
    public required PlanStatus Status { get; init; }
}
