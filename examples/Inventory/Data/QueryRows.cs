namespace Inventory.Data;

/// <summary>The rows of a query, small enough to show.</summary>
internal sealed record QueryRows
{
    /// <summary>Column names in order; names may repeat.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>
    /// The rows; each cell is null, a long, a finite double or text. Text over 2 000 characters is cut and ends in "…", a blob is named by
    /// its size.
    /// </summary>
    public required IReadOnlyList<IReadOnlyList<object?>> Rows { get; init; }

    /// <summary>True when there were more rows than the caps let through.</summary>
    public required bool Truncated { get; init; }

    /// <summary>Time from opening the file to the last row.</summary>
    public required TimeSpan Elapsed { get; init; }
}
