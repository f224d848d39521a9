namespace Inventory.Data.Generation;

/// <summary>Draws the products: styles in sizes, colours or packs, with Zipf-like demand and prices skewed to the low end.</summary>
internal sealed class ProductGenerator
{
    /// <summary>Flattens the head of the Zipf curve, so that no single style carries the shop.</summary>
    private const int ZipfOffset = 12;

    private const long ZipfScale = 1_000_000_000;

    private readonly SeededRandom _random;
    private readonly int _styleRanks;
    private readonly List<Product> _products;

    private ProductGenerator(RetailDatasetOptions options)
    {
        _random = new SeededRandom(options.Seed, "products");
        _styleRanks = options.Products / 4;
        _products = new List<Product>(options.Products);
    }

    public static IReadOnlyList<Product> Generate(RetailDatasetOptions options)
    {
        var generator = new ProductGenerator(options);
        var counts = Apportionment.Split(options.Products, [.. CategoryTree.Leaves.Select(leaf => (long)leaf.Share)]);
        for (var leaf = 0; leaf < counts.Length; leaf++)
            generator.FillLeaf(leaf, (int)counts[leaf]);
        return generator._products;
    }

    private void FillLeaf(int leaf, int count)
    {
        for (var style = 0; count > 0; style++)
        {
            var labels = Vocabulary.VariantLabels(CategoryTree.Leaves[leaf].Variants);
            var size = Math.Min(count, _random.Next(Math.Min(3, labels.Count), Math.Min(8, labels.Count) + 1));
            AddStyle(leaf, style, labels, _random.Next(0, labels.Count - size + 1), size);
            count -= size;
        }
    }

    private void AddStyle(int leaf, int style, IReadOnlyList<string> labels, int firstLabel, int size)
    {
        var plan = CategoryTree.Leaves[leaf];
        var name = $"{Vocabulary.StyleName(plan.Department, leaf, style)} {plan.Noun}";
        var price = DrawPriceCents(plan);
        var cost = price * DrawCostPercent(plan) / 100;
        var brand = _random.Next(1, Vocabulary.BrandNames.Count + 1);
        var supplier = _random.Next(1, RetailReference.SupplierCount + 1);
        var weight = _random.Next(4, 160) * 10;
        var color = _random.Pick(Vocabulary.ColorNames);
        var launched = DrawLaunch();
        var ended = DrawEnd(launched);
        var demand = ZipfScale / (ZipfOffset + _random.NextBelow(_styleRanks));

        for (var i = 0; i < size; i++)
        {
            var label = labels[firstLabel + i];
            _products.Add(new Product
            {
                Number = _products.Count + 1,
                Leaf = leaf,
                Sku = $"{SkuPrefix(plan.Name)}-{leaf + 1:D2}{style + 1:D4}-{firstLabel + i + 1:D2}",
                Name = $"{name} {label}",
                BrandId = brand,
                SupplierId = supplier,
                Color = plan.Variants == Variants.Colors ? label : color,
                Variant = label,
                WeightGrams = weight,
                PriceCents = price,
                CostCents = cost,
                LaunchedOn = launched,
                EndedOn = ended,
                Demand = demand * MiddleFirst(i, size),
            });
        }
    }

    /// <summary>Middle sizes sell several times as often as the ends of the range.</summary>
    private static long MiddleFirst(int index, int size) => 1 + (3 * Math.Min(index, size - 1 - index));

    private static string SkuPrefix(string category) =>
        string.Concat(category.Where(char.IsAsciiLetter).Take(3)).ToUpperInvariant();

    private int DrawPriceCents(CategoryPlan plan)
    {
        var position = _random.NextBelow(1000);
        var whole = plan.LowPrice + (int)((plan.HighPrice - plan.LowPrice) * position * position / 1_000_000);
        return (whole * 100) + 99;
    }

    private int DrawCostPercent(CategoryPlan plan) =>
        plan.HasThinMargin && _random.Chance(400) ? _random.Next(82, 95) : _random.Next(38, 72);

    /// <summary>Four in five products are older than the window; the others appear inside it, two months before its end or earlier.</summary>
    private DateOnly DrawLaunch() => _random.Chance(800)
        ? RetailDatasetOptions.FirstDay.AddDays(-_random.Next(30, 2200))
        : RetailDatasetOptions.FirstDay.AddDays(_random.Next(0, 670));

    /// <summary>One product in twenty stops selling in the second half of the window.</summary>
    private DateOnly? DrawEnd(DateOnly launched)
    {
        if (!_random.Chance(50))
            return null;
        var end = RetailDatasetOptions.LastDay.AddDays(-_random.Next(30, 365));
        return end > launched.AddDays(30) ? end : null;
    }
}
