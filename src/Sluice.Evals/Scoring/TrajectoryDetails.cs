namespace Sluice;

/// <summary>How a trajectory compares with the expected one. The figures never change the score.</summary>
public sealed record TrajectoryDetails
{
    /// <summary>How it was compared.</summary>
    public required TrajectoryMode Mode { get; init; }

    /// <summary>Pairs of calls that match: as many as there can be. Where a mode looks at the order and it is wrong, whatever their order.</summary>
    public required IReadOnlyList<MatchedCall> Matched { get; init; }

    /// <summary>Expected calls that nothing matches, by their place in the expected trajectory, from 0.</summary>
    public required IReadOnlyList<int> Missing { get; init; }

    /// <summary>Calls that match nothing, by their place in the compared trajectory, from 0.</summary>
    public required IReadOnlyList<int> Unexpected { get; init; }

    /// <summary>Whether nothing but the order is wrong, in a mode that looks at it: the calls that have to be there are. Default: false.</summary>
    public bool OutOfOrder { get; init; }

    /// <summary>Patterns that could not be matched, and why: they are no regular expressions, or took too long.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>The calls that were compared: the trajectory without what the config leaves out, and without results, which are not compared.</summary>
    public required IReadOnlyList<TrajectoryCall> Compared { get; init; }

    /// <summary>The share of compared calls that match, 0 to 1; 1 when there are none.</summary>
    public required double Precision { get; init; }

    /// <summary>The share of expected calls that are matched, 0 to 1; 1 when there are none.</summary>
    public required double Recall { get; init; }

    /// <summary>The harmonic mean of both; 0 when both are.</summary>
    public required double F1 { get; init; }

    /// <summary>Their mean with recall counting four times (F-beta with beta 2); 0 when both are.</summary>
    public required double F2 { get; init; }
}

/// <summary>A pair that matches, by place, from 0.</summary>
/// <param name="Expected">The expected call.</param>
/// <param name="Actual">The compared call.</param>
public sealed record MatchedCall(int Expected, int Actual);
