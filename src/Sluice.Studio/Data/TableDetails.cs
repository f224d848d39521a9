using Sluice.Data;

namespace Sluice.Studio.Data;

/// <summary>A table with its columns, what it can be joined with, and what is wrong with its data.</summary>
internal sealed record TableDetails
{
    public required TableInfo Table { get; init; }

    /// <summary>In the table's order, where the database tells it.</summary>
    public required IReadOnlyList<ColumnInfo> Columns { get; init; }

    public required IReadOnlyList<RelationInfo> Relations { get; init; }

    public required IReadOnlyList<CatalogEntry> Findings { get; init; }
}
