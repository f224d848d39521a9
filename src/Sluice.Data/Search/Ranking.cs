namespace Sluice.Data.Search;

/// <summary>How much each way of finding counts. Leaving one out (0) shows what it is worth.</summary>
internal sealed record Ranking
{
    /// <summary>What is used where nothing is said.</summary>
    public static Ranking Default { get; } = new();

    /// <summary>Words as they are asked.</summary>
    public double Words { get; init; } = 0.5;

    /// <summary>Words and their short forms together.</summary>
    public double Abbreviated { get; init; } = 1;

    /// <summary>Three letters at a time.</summary>
    public double Trigrams { get; init; } = 0.25;

    /// <summary>What a column that fits adds to its table.</summary>
    public double Columns { get; init; } = 0.15;
}
