namespace Sluice.Data.Profiling.Findings;

/// <summary>What may be wrong; its query tells.</summary>
internal sealed record FindingCandidate
{
    public required string Rule { get; init; }

    public ProfiledColumn? Column { get; init; }

    public required string Message { get; init; }

    /// <summary>Gives the count as its only value.</summary>
    public required string Query { get; init; }

    /// <summary>What the query gives, where the pass over the table told it already.</summary>
    public long? Count { get; init; }

    /// <summary>Gives some of what was counted, each once and in order; null: there is nothing to show.</summary>
    public string? ExamplesQuery { get; init; }
}
