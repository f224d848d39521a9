namespace Sluice.Data;

/// <summary>One statement that reads, and how much it may take.</summary>
public sealed record ReadOnlyQuery
{
    /// <summary>The statement, in the database's dialect. Parameters are written <c>@name</c>.</summary>
    public required string Sql { get; init; }

    /// <summary>Parameters by name without <c>@</c>. They are bound, never spliced in. Default: none.</summary>
    public IReadOnlyDictionary<string, object?> Parameters { get; init; } = new Dictionary<string, object?>();

    /// <summary>The most rows, at least 1. Default: 1000.</summary>
    public int MaxRows { get; init; } = 1000;

    /// <summary>The most bytes of all values together, at least 1. Default: 8 MiB.</summary>
    public long MaxBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>The most bytes of one value, at least 1; a longer one is cut. Default: 1 MiB.</summary>
    public int MaxValueBytes { get; init; } = 1024 * 1024;

    /// <summary>The longest it may run, rows included. Positive. Default: 30 seconds.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);
}
