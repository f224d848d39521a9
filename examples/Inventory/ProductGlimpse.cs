using Inventory.Data;

namespace Inventory;

/// <summary>What an agent sees of a <see cref="ProductSet"/>: enough to reason about it, whatever its size.</summary>
internal sealed record ProductGlimpse
{
    private const int Shown = 3;

    /// <summary>What was looked for.</summary>
    public required string About { get; init; }

    /// <summary>Number of products in the set.</summary>
    public required int Products { get; init; }

    /// <summary>Products that fit too but were left out, because the limit was reached or an earlier plan has dealt with them.</summary>
    public required int LeftOut { get; init; }

    /// <summary>Units on hand in all stores.</summary>
    public required long StockUnits { get; init; }

    /// <summary>Units sold in the days looked at.</summary>
    public required long UnitsSold { get; init; }

    /// <summary>Stock at list price.</summary>
    public required decimal StockValue { get; init; }

    /// <summary>The first products.</summary>
    public required IReadOnlyList<string> Examples { get; init; }

    /// <summary>The glimpse of a selection from what was found.</summary>
    public static ProductGlimpse Of(string about, IReadOnlyList<ProductPosition> chosen, int found) => new()
    {
        About = about,
        Products = chosen.Count,
        LeftOut = found - chosen.Count,
        StockUnits = chosen.Sum(product => product.StockUnits),
        UnitsSold = chosen.Sum(product => product.UnitsSold),
        StockValue = chosen.Sum(product => product.StockUnits * product.Price),
        Examples = [.. chosen.Take(Shown).Select(product => $"{product.Name}, {product.StockUnits} left")],
    };
}
