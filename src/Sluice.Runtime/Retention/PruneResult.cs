namespace Sluice;

/// <summary>What was removed.</summary>
public sealed record PruneResult
{
    /// <summary>Runs, with their entries and places on threads.</summary>
    public int Runs { get; init; }

    /// <summary>Approval requests.</summary>
    public int Requests { get; init; }

    /// <summary>Plans.</summary>
    public int Plans { get; init; }

    /// <summary>Values that had expired.</summary>
    public int References { get; init; }

    /// <summary>Runs that are old enough and stay: a plan of theirs is approved or executing.</summary>
    public int Kept { get; init; }
}
