namespace Sluice.Journal;

/// <summary>What was folded, and what stands in its place.</summary>
public sealed record HistoryCompactedData : JournalData
{
    /// <summary>How many tool results became references.</summary>
    public required int ToolResultsFolded { get; init; }

    /// <summary>How many turns were summarised.</summary>
    public required int TurnsFolded { get; init; }

    /// <summary>The size before, in tokens.</summary>
    public required long TokensBefore { get; init; }

    /// <summary>The size after, in tokens.</summary>
    public required long TokensAfter { get; init; }
}
