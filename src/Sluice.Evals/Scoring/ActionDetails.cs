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

    /// <summary>
    /// Per missing action, the first twenty of them: where the payload of the nearest unexpected action of its kind differs, such as <c>price_change
    /// 0, nearest 2: /percent: 20 expected, 25 found</c>. The numbers are places, from 0. A missing action without such a neighbour has none.
    /// </summary>
    public IReadOnlyList<string> Differences { get; init; } = [];
}

/// <summary>A pair that matches, by place, from 0.</summary>
/// <param name="Expected">The expected action.</param>
/// <param name="Actual">The actual action.</param>
public sealed record MatchedAction(int Expected, int Actual);
