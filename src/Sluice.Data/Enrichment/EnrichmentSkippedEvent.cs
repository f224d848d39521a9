namespace Sluice.Data.Enrichment;

/// <summary>A table was not asked about.</summary>
public sealed record EnrichmentSkippedEvent : EnrichmentEvent
{
    /// <summary>The table with its schema.</summary>
    public required string Table { get; init; }

    /// <summary>Why: <c>unchanged</c> since the model described it, or <c>budget</c> where <see cref="EnrichmentOptions.MaxTokens"/> were used.</summary>
    public required string Reason { get; init; }
}
