namespace Inventory.Data;

/// <summary>How far the generation of the retail database has come.</summary>
internal sealed record BuildProgress
{
    /// <summary>What is being done, in words for a progress line: "products", "stock", "sales", "indexes", "finishing".</summary>
    public required string Stage { get; init; }

    /// <summary>The finished share of the whole build, from 0 to 1. Never goes back.</summary>
    public required double Fraction { get; init; }
}
