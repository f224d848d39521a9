namespace Sluice.Data.Enrichment;

/// <summary>What enrichment would take. Tokens are estimated as a quarter of the characters: take them as an order of magnitude.</summary>
public sealed record EnrichmentEstimate
{
    /// <summary>Tables that would be described.</summary>
    public required int Tables { get; init; }

    /// <summary>Tables that would be skipped, since they are unchanged.</summary>
    public required int Skipped { get; init; }

    /// <summary>Calls of the model, repairs of answers left out.</summary>
    public required int Calls { get; init; }

    /// <summary>About how many tokens would be sent.</summary>
    public required long InputTokens { get; init; }

    /// <summary>About how many tokens would be written.</summary>
    public required long OutputTokens { get; init; }

    /// <summary>About what it would cost, in the currency of the prices; null where a price is not known.</summary>
    public required decimal? Cost { get; init; }
}
