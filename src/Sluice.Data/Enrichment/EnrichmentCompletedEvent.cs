namespace Sluice.Data.Enrichment;

/// <summary>Everything is done. The last event; it comes with failed tables too.</summary>
public sealed record EnrichmentCompletedEvent : EnrichmentEvent
{
    /// <summary>Tables that were described.</summary>
    public required int Enriched { get; init; }

    /// <summary>Tables that were not asked about.</summary>
    public required int Skipped { get; init; }

    /// <summary>Tables without a usable answer.</summary>
    public required int Failed { get; init; }

    /// <summary>Metrics that were written.</summary>
    public required int Metrics { get; init; }

    /// <summary>What all calls used, those included that failed.</summary>
    public required TokenUsage Usage { get; init; }
}
