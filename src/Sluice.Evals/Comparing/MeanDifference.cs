namespace Sluice;

/// <summary>How much higher scores are on average, candidate less baseline, over the cases that both have.</summary>
public sealed record MeanDifference
{
    /// <summary>The cases it is of; at least two.</summary>
    public required int Cases { get; init; }

    /// <summary>The mean of the cases' differences, −1 to 1.</summary>
    public required double Value { get; init; }

    /// <summary>The lower end of its 95 % interval, by a paired bootstrap over cases. With fewer than about ten cases the interval is too narrow.</summary>
    public required double Lower { get; init; }

    /// <summary>The upper end.</summary>
    public required double Upper { get; init; }

    /// <summary>Two-sided: how likely the draws are to lie on the other side of 0, above 0 to 1.</summary>
    public required double PValue { get; init; }
}
