namespace Sluice;

/// <summary>How actions compare with the expected ones.</summary>
public sealed record ActionDetails
{
    /// <summary>Pairs of actions that match.</summary>
    public required IReadOnlyList<MatchedAction> Matched { get; init; }

    /// <summary>Expected actions that nothing matches, by place, from 0.</summary>
    public required IReadOnlyList<int> Missing { get; init; }

    /// <summary>Actions that match nothing, by place, from 0.</summary>
    public required IReadOnlyList<int> Unexpected { get; init; }

    /// <summary>Per missing action whose kind is there: where the payload of the nearest one differs, such as <c>/percent: 20 expected, 25 found</c>.</summary>
    public IReadOnlyList<string> Differences { get; init; } = [];
}

/// <summary>A pair that matches, by place, from 0.</summary>
/// <param name="Expected">The expected action.</param>
/// <param name="Actual">The actual action.</param>
public sealed record MatchedAction(int Expected, int Actual);
