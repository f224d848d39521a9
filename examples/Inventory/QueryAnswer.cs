using Inventory.Data;

namespace Inventory;

/// <summary>The rows of a query, as tools tell of them.</summary>
internal sealed record QueryAnswer
{
    /// <summary>Names of the columns, in order.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>The rows; each cell is null, a number or text.</summary>
    public required IReadOnlyList<IReadOnlyList<object?>> Rows { get; init; }

    /// <summary>Whether there were more rows.</summary>
    public required bool Truncated { get; init; }

    /// <summary>What an agent sees of the rows.</summary>
    public static QueryAnswer Of(QueryRows rows) => new() { Columns = rows.Columns, Rows = rows.Rows, Truncated = rows.Truncated };
}
