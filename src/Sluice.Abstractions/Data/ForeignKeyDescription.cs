namespace Sluice.Data;

/// <summary>A declared relation: columns of a table refer to columns of another.</summary>
public sealed record ForeignKeyDescription
{
    /// <summary>The name of the constraint; null when it has none.</summary>
    public string? Name { get; init; }

    /// <summary>The columns that refer, in order.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>The schema of the table that is referred to.</summary>
    public required string ReferencedSchema { get; init; }

    /// <summary>The table that is referred to.</summary>
    public required string ReferencedTable { get; init; }

    /// <summary>Its columns, in the same order.</summary>
    public required IReadOnlyList<string> ReferencedColumns { get; init; }
}
