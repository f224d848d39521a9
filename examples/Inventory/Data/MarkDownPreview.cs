namespace Inventory.Data;

/// <summary>What a markdown would do. Amounts are sums of one unit of each product, in the shop's currency.</summary>
internal sealed record MarkDownPreview
{
    /// <summary>Number of different products.</summary>
    public required int Products { get; init; }

    /// <summary>Sum of the prices now.</summary>
    public required decimal OldTotal { get; init; }

    /// <summary>Sum of the prices afterwards, each rounded to cents.</summary>
    public required decimal NewTotal { get; init; }

    /// <summary>Products whose new price would be below cost; above 0 the markdown is refused.</summary>
    public required int BelowCost { get; init; }
}
