using System.Text.Json;

namespace Sluice.Studio.Data;

/// <summary>What a query returned.</summary>
internal sealed record QueryResult
{
    public required IReadOnlyList<QueryResultColumn> Columns { get; init; }

    /// <summary>The rows, an array of arrays of values.</summary>
    public required JsonElement Rows { get; init; }

    public required int RowCount { get; init; }

    /// <summary>What cut it off: <c>rows</c>, <c>bytes</c> or <c>values</c>; null: nothing.</summary>
    public string? TruncatedBy { get; init; }

    public required long ElapsedMs { get; init; }

    /// <summary>Names the statement with its values, in hex.</summary>
    public required string QueryHash { get; init; }

    /// <summary>The columns whose values are shown as their kind, since they are personal data.</summary>
    public IReadOnlyList<string> Masked { get; init; } = [];
}

/// <summary>A column of a result.</summary>
internal sealed record QueryResultColumn(string Name, string? Type);
