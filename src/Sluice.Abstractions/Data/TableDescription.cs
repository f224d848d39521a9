namespace Sluice.Data;

/// <summary>A table or view of a target database as the database itself describes it.</summary>
public sealed record TableDescription
{
    /// <summary>The schema; <c>main</c> on SQLite.</summary>
    public required string Schema { get; init; }

    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it is a view.</summary>
    public bool IsView { get; init; }

    /// <summary>The columns, in order.</summary>
    public required IReadOnlyList<ColumnDescription> Columns { get; init; }

    /// <summary>The columns of the primary key, in order. Empty when there is none.</summary>
    public IReadOnlyList<string> PrimaryKey { get; init; } = [];

    /// <summary>The columns of each unique constraint or index, the primary key left out, in order of their names.</summary>
    public IReadOnlyList<IReadOnlyList<string>> UniqueKeys { get; init; } = [];

    /// <summary>The declared relations to other tables.</summary>
    public IReadOnlyList<ForeignKeyDescription> ForeignKeys { get; init; } = [];

    /// <summary>What its author wrote about it; null when nothing.</summary>
    public string? Comment { get; init; }
}
