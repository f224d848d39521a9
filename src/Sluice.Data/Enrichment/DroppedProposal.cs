namespace Sluice.Data.Enrichment;

/// <summary>Something that a model proposed and that was not taken.</summary>
public sealed record DroppedProposal
{
    /// <summary>The column or metric.</summary>
    public required string Name { get; init; }

    /// <summary>Why: the column does not exist, or the metric's expression is refused by the database.</summary>
    public required string Reason { get; init; }
}
