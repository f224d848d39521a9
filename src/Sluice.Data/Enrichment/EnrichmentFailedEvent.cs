namespace Sluice.Data.Enrichment;

/// <summary>The model gave no usable answer for a table. What the catalog holds of it is as it was, and the others go on.</summary>
public sealed record EnrichmentFailedEvent : EnrichmentEvent
{
    /// <summary>The table with its schema.</summary>
    public required string Table { get; init; }

    /// <summary>What went wrong.</summary>
    public required ErrorInfo Error { get; init; }

    /// <summary>What the calls used nevertheless.</summary>
    public required TokenUsage Usage { get; init; }
}
