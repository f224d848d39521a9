using Inventory.Data;

namespace Inventory;

/// <summary>One table or view in full, as a tool tells of it.</summary>
internal sealed record TableDetails
{
    /// <summary>Its name.</summary>
    public required string Table { get; init; }

    /// <summary>Its columns, in order.</summary>
    public required IReadOnlyList<ColumnInfo> Columns { get; init; }

    /// <summary>A query of it that works as it stands.</summary>
    public required string ExampleQuery { get; init; }
}
