namespace Inventory.Data;

/// <summary>One table or view of a SQLite file.</summary>
internal sealed record TableInfo
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>"table" or "view".</summary>
    public required string Kind { get; init; }
}
