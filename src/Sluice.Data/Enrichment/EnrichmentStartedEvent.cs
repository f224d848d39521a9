namespace Sluice.Data.Enrichment;

/// <summary>The tables are known. Each has one more event, in the order in which they end.</summary>
public sealed record EnrichmentStartedEvent : EnrichmentEvent
{
    /// <summary>The logical database.</summary>
    public required string DatabaseId { get; init; }

    /// <summary>How many tables were selected.</summary>
    public required int Tables { get; init; }
}
