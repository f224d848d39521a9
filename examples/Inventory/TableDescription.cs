namespace Inventory;

/// <summary>A table or view, as tools tell of it.</summary>
internal sealed record TableDescription
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>"table" or "view".</summary>
    public required string Kind { get; init; }

    /// <summary>Number of rows; null when it was not counted.</summary>
    public required long? Rows { get; init; }

    /// <summary>Names of its columns, in order.</summary>
    public required IReadOnlyList<string> Columns { get; init; }
}
