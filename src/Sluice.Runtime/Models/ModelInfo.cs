namespace Sluice;

/// <summary>What is known of a model: its list prices and its limits. What is not known is null.</summary>
public sealed record ModelInfo
{
    private const decimal Million = 1_000_000m;

    /// <summary>The provider's model id without a date, such as <c>claude-sonnet-4-6</c>. Non-blank.</summary>
    public required string Id { get; init; }

    /// <summary>US dollars per million input tokens that are neither read from the prompt cache nor written to it. Not negative.</summary>
    public decimal? InputPerMillion { get; init; }

    /// <summary>US dollars per million output tokens, reasoning included. Not negative.</summary>
    public decimal? OutputPerMillion { get; init; }

    /// <summary>US dollars per million input tokens that are read from the prompt cache. Not negative.</summary>
    public decimal? CacheReadPerMillion { get; init; }

    /// <summary>US dollars per million input tokens that are written to the prompt cache, for the provider's default time. Not negative.</summary>
    public decimal? CacheWritePerMillion { get; init; }

    /// <summary>The tokens that fit into the model's context, input and output together, at least 1.</summary>
    public int? ContextTokens { get; init; }

    /// <summary>The most tokens of one answer, at least 1.</summary>
    public int? MaxOutputTokens { get; init; }

    /// <summary>What a usage costs in US dollars, not rounded.</summary>
    /// <param name="usage">The tokens. Its input tokens include those of the cache.</param>
    /// <returns>The cost; null when a price that it needs is not known.</returns>
    public decimal? CostOf(TokenUsage usage)
    {
        ArgumentNullException.ThrowIfNull(usage);
        // A provider that counts cached tokens apart from the input must not make a call cheaper than its parts.
        var input = Math.Max(0, usage.InputTokens - usage.CacheReadTokens - usage.CacheWriteTokens);
        return Cost(input, InputPerMillion)
            + Cost(usage.OutputTokens, OutputPerMillion)
            + Cost(usage.CacheReadTokens, CacheReadPerMillion)
            + Cost(usage.CacheWriteTokens, CacheWritePerMillion);
    }

    private static decimal? Cost(long tokens, decimal? perMillion) => tokens == 0 ? 0m : tokens * perMillion / Million;
}
