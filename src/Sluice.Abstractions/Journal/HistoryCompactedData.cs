namespace Sluice.Journal;

/// <summary>
/// What of a frame's history was folded before a model turn, and what stands in its place: enough to fold the same history again without
/// asking the model.
/// </summary>
public sealed record HistoryCompactedData : JournalData
{
    /// <summary>How many tool results became references.</summary>
    public required int ToolResultsFolded { get; init; }

    /// <summary>How many turns were summarised.</summary>
    public required int TurnsFolded { get; init; }

    /// <summary>The size before, in tokens; 0 when no call had reported its usage.</summary>
    public required long TokensBefore { get; init; }

    /// <summary>The size after, in tokens, estimated until the next call reports its usage; 0 when none had.</summary>
    public required long TokensAfter { get; init; }

    /// <summary>The results that became references. They are folded before the turns are.</summary>
    public IReadOnlyList<FoldedResult> Results { get; init; } = [];

    /// <summary>What stands for the turns that were folded; null when none were.</summary>
    public HistorySummary? Summary { get; init; }

    /// <summary>The model that wrote the summary; null when none was asked.</summary>
    public string? Model { get; init; }

    /// <summary>Tokens of the call that wrote the summary.</summary>
    public TokenUsage Usage { get; init; } = TokenUsage.Zero;

    /// <summary>The cost of that call in US dollars; null when the price is not known.</summary>
    public decimal? CostUsd { get; init; }

    /// <summary>How long that call took, in milliseconds.</summary>
    public long LatencyMs { get; init; }
}
