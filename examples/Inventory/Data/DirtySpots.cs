namespace Inventory.Data;

/// <summary>
/// How many rows of each kind of dirt the generated data holds: what a profiler should find. Counts follow the size of the data
/// set and are never zero.
/// </summary>
internal sealed record DirtySpots
{
    private DirtySpots(RetailDatasetOptions options)
    {
        OrphanSales = PerSales(240, options);
        SalesDatedOtherwise = PerSales(160, options);
        ProductsDatedOtherwise = PerProducts(60, options);
        BlankColors = PerProducts(180, options);
        PlaceholderColors = PerProducts(40, options);
        TextWeights = PerProducts(35, options);
        DuplicateSkus = PerProducts(12, options);
        NegativeStockRows = PerProducts(45, options);
        PlaceholderCountDates = PerProducts(25, options);
    }

    /// <summary>Sales of a product that does not exist.</summary>
    public int OrphanSales { get; }

    /// <summary>Sales whose day is written as 24.12.2025 instead of 2025-12-24.</summary>
    public int SalesDatedOtherwise { get; }

    /// <summary>Products whose launch day is written as 12/24/2025.</summary>
    public int ProductsDatedOtherwise { get; }

    /// <summary>Brands that exist a second time in another case.</summary>
    public int BrandCaseVariants { get; } = 4;

    /// <summary>Suppliers whose e-mail address is a single blank.</summary>
    public int BlankSupplierEmails { get; } = 3;

    /// <summary>Products with an empty colour.</summary>
    public int BlankColors { get; }

    /// <summary>Products whose colour is "N/A".</summary>
    public int PlaceholderColors { get; }

    /// <summary>Products whose weight is text ("1.2 kg") where a number of grams belongs.</summary>
    public int TextWeights { get; }

    /// <summary>Products whose SKU is another product's SKU with a trailing blank.</summary>
    public int DuplicateSkus { get; }

    /// <summary>Stock rows with less than nothing on hand.</summary>
    public int NegativeStockRows { get; }

    /// <summary>Stock rows counted on 1900-01-01.</summary>
    public int PlaceholderCountDates { get; }

    /// <summary>The counts in a data set of the given size.</summary>
    public static DirtySpots In(RetailDatasetOptions options) => new(options);

    private static int PerProducts(int atFullSize, RetailDatasetOptions options) =>
        Math.Max(1, (int)((long)atFullSize * options.Products / 20_000));

    private static int PerSales(int atFullSize, RetailDatasetOptions options) =>
        Math.Max(1, (int)((long)atFullSize * options.Sales / 780_000));
}
