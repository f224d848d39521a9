namespace Sluice.Studio.Runs;

/// <summary>A run with what it was asked and what it used.</summary>
internal sealed record RunDetails
{
    public required RunRecord Run { get; init; }

    /// <summary>What it was asked.</summary>
    public string? Prompt { get; init; }

    /// <summary>The run that it was forked from; null: none.</summary>
    public string? ForkedFrom { get; init; }

    /// <summary>Tokens so far.</summary>
    public required TokenUsage Usage { get; init; }

    /// <summary>What they cost in US dollars; null when a price is not known.</summary>
    public decimal? CostUsd { get; init; }
}
