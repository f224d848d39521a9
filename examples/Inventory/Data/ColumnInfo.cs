namespace Inventory.Data;

/// <summary>One column of a table or view.</summary>
internal sealed record ColumnInfo
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The type as declared, empty when none is. SQLite takes it as a hint: a cell may hold another type.</summary>
    public required string DeclaredType { get; init; }

    /// <summary>False when it is declared NOT NULL or is part of a primary key.</summary>
    public required bool IsNullable { get; init; }

    /// <summary>Position in the primary key from 1, or 0.</summary>
    public required int KeyPosition { get; init; }

    /// <summary>"table.column" that a declared foreign key points to, or null.</summary>
    public required string? References { get; init; }
}
