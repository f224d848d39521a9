namespace Sluice.Data.Profiling.Findings;

/// <summary>Something that is wrong with the data, or at least surprising.</summary>
internal sealed record Finding
{
    /// <summary>Which rule found it, in snake_case.</summary>
    public required string Rule { get; init; }

    /// <summary>The column; null where it is about the table.</summary>
    public string? Column { get; init; }

    /// <summary>What it is, in words.</summary>
    public required string Message { get; init; }

    /// <summary>How many: what the query gives.</summary>
    public long? Count { get; init; }

    /// <summary>The query that gives the count as its only value.</summary>
    public string? Query { get; init; }

    /// <summary>Some of them; none for columns with personal data.</summary>
    public IReadOnlyList<string> Examples { get; init; } = [];
}
