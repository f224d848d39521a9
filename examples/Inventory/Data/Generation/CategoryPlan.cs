namespace Inventory.Data.Generation;

/// <summary>One leaf of the category tree and how its products are made. Prices are whole currency units.</summary>
internal sealed record CategoryPlan(
    string Department,
    string Group,
    string Name,
    string Noun,
    int LowPrice,
    int HighPrice,
    Season Season,
    Variants Variants,
    StockHabit Stock,
    int Share)
{
    /// <summary>Electronics are sold at thin margins; elsewhere a 20 % discount stays above cost.</summary>
    public bool HasThinMargin => string.Equals(Department, "Electronics", StringComparison.Ordinal);
}
