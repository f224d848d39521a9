namespace Sluice;

/// <summary>What a check of a run's records found.</summary>
public sealed record AuditReport
{
    /// <summary>The run.</summary>
    public required string RunId { get; init; }

    /// <summary>How many journal entries were checked.</summary>
    public required long Entries { get; init; }

    /// <summary>Everything that is not as it was recorded, by place.</summary>
    public required IReadOnlyList<AuditProblem> Problems { get; init; }

    /// <summary>Whether nothing was found.</summary>
    public bool IsIntact => Problems.Count == 0;
}
