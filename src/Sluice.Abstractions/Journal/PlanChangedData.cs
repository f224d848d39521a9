namespace Sluice.Journal;

/// <summary>A plan was stored or changed its status.</summary>
public sealed record PlanChangedData : JournalData
{
    /// <summary>The plan.</summary>
    public required string PlanId { get; init; }

    /// <summary>The status before; null for a new plan.</summary>
    public PlanStatus? From { get; init; }

    /// <summary>The status now.</summary>
    public required PlanStatus To { get; init; }

    /// <summary>The body's version.</summary>
    public required int Version { get; init; }

    /// <summary>The hash of what is stored.</summary>
    public required string ContentHash { get; init; }

    /// <summary>The label of the new status.</summary>
    public required string Label { get; init; }

    /// <summary>Who made the change.</summary>
    public string? By { get; init; }
}
