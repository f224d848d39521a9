namespace Inventory.Data.Reading;

/// <summary>Where a query is cut off.</summary>
internal sealed record QueryLimits
{
    public required int MaxRows { get; init; }

    public required TimeSpan Timeout { get; init; }

    /// <summary>Bytes of cells after which no further row is read.</summary>
    public int MaxBytes { get; init; } = 1_000_000;

    /// <summary>
    /// Longest value the engine may hold. The time limit is only looked at between instructions, so this also bounds functions that take
    /// quadratic time in one call.
    /// </summary>
    public int MaxValueBytes { get; init; } = 256 * 1024;
}
