namespace Inventory.Data;

/// <summary>How much data is generated, and from which seed. The same values give the same rows on every machine.</summary>
internal sealed record RetailDatasetOptions
{
    /// <summary>The full data set: 20 000 products, 240 000 stock rows and 780 000 sales.</summary>
    public static RetailDatasetOptions Full { get; } = new();

    /// <summary>The seed of all random streams. Default 20260630.</summary>
    public ulong Seed { get; init; } = 20260630;

    /// <summary>Number of products, 200 to 50 000. Default 20 000. Each has one stock row per store.</summary>
    public int Products
    {
        get;
        init => field = value is >= 200 and <= 50_000
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The number of products must be between 200 and 50 000.");
    } = 20_000;

    /// <summary>Number of sales rows, 2 000 to 10 000 000. Default 780 000.</summary>
    public int Sales
    {
        get;
        init => field = value is >= 2_000 and <= 10_000_000
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The number of sales must be between 2 000 and 10 000 000.");
    } = 780_000;

    /// <summary>The first day of the data: 2024-07-01.</summary>
    public static DateOnly FirstDay { get; } = new(2024, 7, 1);

    /// <summary>The last day of the data, which queries treat as today: 2026-06-30.</summary>
    public static DateOnly LastDay { get; } = new(2026, 6, 30);
}
