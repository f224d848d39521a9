namespace Sluice.Data;

/// <summary>A column of a table or view.</summary>
public sealed record ColumnDescription
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The type as the database names it.</summary>
    public required string DataType { get; init; }

    /// <summary>Whether it may be null.</summary>
    public required bool IsNullable { get; init; }

    /// <summary>What its author wrote about it; null when nothing.</summary>
    public string? Comment { get; init; }
}
