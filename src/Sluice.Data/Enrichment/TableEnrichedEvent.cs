namespace Sluice.Data.Enrichment;

/// <summary>A table was described, and its entries are in the catalog.</summary>
public sealed record TableEnrichedEvent : EnrichmentEvent
{
    /// <summary>The table with its schema.</summary>
    public required string Table { get; init; }

    /// <summary>How many columns were described.</summary>
    public required int Columns { get; init; }

    /// <summary>How many metrics were written.</summary>
    public required int Metrics { get; init; }

    /// <summary>What was proposed and not taken.</summary>
    public required IReadOnlyList<DroppedProposal> Dropped { get; init; }

    /// <summary>What the calls used.</summary>
    public required TokenUsage Usage { get; init; }
}
