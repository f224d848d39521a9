using Microsoft.Extensions.AI;

namespace Sluice.Data.Enrichment;

/// <summary>Which tables a model describes, and what it may cost.</summary>
public sealed class EnrichmentOptions
{
    /// <summary>The most tables that can be enriched at once.</summary>
    public const int MostConcurrency = 32;

    /// <summary>The name that the database has in the catalog: 1 to 64 letters, digits, <c>-</c>, <c>_</c> and <c>.</c>. It has to be profiled.</summary>
    public required string DatabaseId { get; init; }

    /// <summary>Who describes. Needed to enrich; an estimate asks nobody. Default: null.</summary>
    public IChatClient? Client { get; init; }

    /// <summary>
    /// What the model is called in the catalog; tables that this model has described from the same profile are skipped. Null: what the client says of
    /// itself, or else each answer. Default: null.
    /// </summary>
    public string? Model { get; init; }

    /// <summary>The tables and views to enrich, with or without schema, compared without case. Empty: all that the catalog has of the database. Default: all.</summary>
    public IReadOnlyList<string> Tables { get; init; } = [];

    /// <summary>The most tables at once, 1 to 32. Default: 4.</summary>
    public int Concurrency { get; init; } = 4;

    /// <summary>
    /// The tokens, input and output together, after which no further table is begun; those that are under way end. At least 1. Null: no limit.
    /// Default: null.
    /// </summary>
    public long? MaxTokens { get; init; }

    /// <summary>Whether tables are described anew that this model has described from the same profile. Default: false.</summary>
    public bool Force { get; init; }

    /// <summary>The price of a million input tokens, for estimates. Not negative. Null: not known. Default: null.</summary>
    public decimal? InputPricePerMillion { get; init; }

    /// <summary>The price of a million output tokens, in the same currency. Not negative. Null: not known. Default: null.</summary>
    public decimal? OutputPricePerMillion { get; init; }
}
