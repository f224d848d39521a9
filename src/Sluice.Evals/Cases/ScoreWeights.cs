namespace Sluice;

/// <summary>
/// How much each component counts against the others: finite, not negative, and not all 0. One that is null counts as the mode's preset says. A weight
/// of 0 leaves the component out; one for a component that the preset leaves out adds it.
/// </summary>
public sealed record ScoreWeights
{
    /// <summary>The tool calls.</summary>
    public double? Trajectory { get; init; }

    /// <summary>The actions of the stored plan.</summary>
    public double? PlannedActions { get; init; }

    /// <summary>The actions that were executed.</summary>
    public double? ExecutedActions { get; init; }

    /// <summary>The final answer.</summary>
    public double? FinalResponse { get; init; }
}
