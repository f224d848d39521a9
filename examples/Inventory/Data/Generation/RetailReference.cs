namespace Inventory.Data.Generation;

/// <summary>The small tables around the products: brands with their case variants, and suppliers.</summary>
internal static class RetailReference
{
    public static int SupplierCount => Vocabulary.SupplierFirst.Count * Vocabulary.SupplierSecond.Count;

    /// <summary>Brand rows in order of their id: the real brands first, then the case variants of the first few.</summary>
    public static IEnumerable<(int Id, string Name, string Country)> Brands(RetailDatasetOptions options)
    {
        var random = new SeededRandom(options.Seed, "brands");
        var names = Vocabulary.BrandNames;
        var countries = names.Select(_ => random.Pick(Vocabulary.Countries)).ToArray();
        for (var i = 0; i < names.Count; i++)
            yield return (i + 1, names[i], countries[i]);
        for (var i = 0; i < DirtySpots.In(options).BrandCaseVariants; i++)
            yield return (names.Count + i + 1, i % 2 == 0 ? names[i].ToUpperInvariant() : names[i].ToLowerInvariant(), countries[i]);
    }

    /// <summary>A few products of the first brands are booked on the brand's second spelling.</summary>
    public static int BrandAsBooked(Product product, RetailDatasetOptions options) =>
        product.BrandId <= DirtySpots.In(options).BrandCaseVariants && product.Number % 8 == 0
            ? Vocabulary.BrandNames.Count + product.BrandId
            : product.BrandId;

    public static IEnumerable<Supplier> Suppliers(RetailDatasetOptions options)
    {
        var random = new SeededRandom(options.Seed, "suppliers");
        var blankEmails = DirtySpots.In(options).BlankSupplierEmails;
        for (var i = 0; i < SupplierCount; i++)
        {
            var first = Vocabulary.SupplierFirst[i % Vocabulary.SupplierFirst.Count];
            var second = Vocabulary.SupplierSecond[i / Vocabulary.SupplierFirst.Count];
            var given = random.Pick(Vocabulary.GivenNames);
            var family = random.Pick(Vocabulary.FamilyNames);
            var domain = $"{first}-{second}.example".ToLowerInvariant();
            yield return new Supplier(
                i + 1,
                $"{first} {second}",
                random.Pick(Vocabulary.Countries),
                random.Next(5, 60),
                $"{given} {family}",
                i % 13 == 5 && i / 13 < blankEmails ? " " : $"{given}.{family}@{domain}".ToLowerInvariant(),
                $"+49 30 555 {random.Next(1000, 10_000):D4}");
        }
    }
}
