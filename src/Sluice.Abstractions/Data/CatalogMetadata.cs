using System.Text.Json;

namespace Sluice.Data;

/// <summary>Facts of an entry. Which are there follows from its item type; what is not known is null.</summary>
public sealed record CatalogMetadata
{
    /// <summary>The logical target database. A name, no boundary of security.</summary>
    public string? DatabaseId { get; init; }

    /// <summary>The schema of the table.</summary>
    public string? SchemaName { get; init; }

    /// <summary>The table.</summary>
    public string? TableName { get; init; }

    /// <summary>The column.</summary>
    public string? ColumnName { get; init; }

    /// <summary>For tables: <c>table</c> or <c>view</c>. For relationships: <c>declared</c>, <c>inferred</c> or <c>authored</c>.</summary>
    public string? RelationType { get; init; }

    /// <summary>The column's type as the database names it.</summary>
    public string? DataType { get; init; }

    /// <summary>Whether the column may be null.</summary>
    public bool? Nullable { get; init; }

    /// <summary>The columns of the table's primary key, in order.</summary>
    public IReadOnlyList<string>? PrimaryKey { get; init; }

    /// <summary>Whether the column is part of the primary key.</summary>
    public bool? IsPrimaryKey { get; init; }

    /// <summary>Whether the column is unique.</summary>
    public bool? IsUnique { get; init; }

    /// <summary>Rows of the table.</summary>
    public long? RowCount { get; init; }

    /// <summary>The document it belongs to.</summary>
    public string? DocumentId { get; init; }

    /// <summary>What profiling found, as JSON of its own shape.</summary>
    public JsonElement? Profile { get; init; }

    /// <summary>Whatever else is known, by name. Default: nothing.</summary>
    public IReadOnlyDictionary<string, JsonElement> Extra { get; init; } = new Dictionary<string, JsonElement>();
}
