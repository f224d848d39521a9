namespace Sluice.Studio.Data;

/// <summary>A table or view in a list.</summary>
internal sealed record TableInfo
{
    /// <summary>The name with its schema, such as <c>main.orders</c>.</summary>
    public required string QualifiedName { get; init; }

    public required string Name { get; init; }

    /// <summary><c>table</c> or <c>view</c>; null: not known.</summary>
    public string? Kind { get; init; }

    /// <summary>The rows, as profiling counted or estimated them; null: it was not profiled.</summary>
    public long? RowCount { get; init; }

    public required string Description { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }

    public IReadOnlyList<string>? PrimaryKey { get; init; }

    /// <summary>Whether the catalog has it; else only the database tells of it.</summary>
    public required bool IsCatalogued { get; init; }
}
