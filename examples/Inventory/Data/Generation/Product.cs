namespace Inventory.Data.Generation;

/// <summary>One product as it was drawn, before any dirt is put on it.</summary>
internal sealed class Product
{
    public required int Number { get; init; }

    public required int Leaf { get; init; }

    public required string Sku { get; init; }

    public required string Name { get; init; }

    public required int BrandId { get; init; }

    public required int SupplierId { get; init; }

    public required string Color { get; init; }

    public required string Variant { get; init; }

    public required int WeightGrams { get; init; }

    public required int PriceCents { get; init; }

    public required int CostCents { get; init; }

    public required DateOnly LaunchedOn { get; init; }

    /// <summary>From this day on nothing is sold, though stock may be left; null while it sells.</summary>
    public required DateOnly? EndedOn { get; init; }

    /// <summary>Share of demand in an average month, in arbitrary units.</summary>
    public required long Demand { get; init; }

    public string Id => FormatId(Number);

    public CategoryPlan Category => CategoryTree.Leaves[Leaf];

    public static string FormatId(int number) => $"P-{number:D6}";
}
