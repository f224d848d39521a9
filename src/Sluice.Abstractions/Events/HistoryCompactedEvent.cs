namespace Sluice;

/// <summary>Older history was folded to fit the model's context.</summary>
public sealed record HistoryCompactedEvent : RuntimeEvent
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
