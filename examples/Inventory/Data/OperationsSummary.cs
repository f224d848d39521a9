namespace Inventory.Data;

/// <summary>What the approved actions have changed so far.</summary>
internal sealed record OperationsSummary
{
    /// <summary>Number of purchase orders.</summary>
    public required int PurchaseOrders { get; init; }

    /// <summary>Number of lines in all purchase orders.</summary>
    public required int PurchaseOrderLines { get; init; }

    /// <summary>Units ordered in all lines.</summary>
    public required long UnitsOrdered { get; init; }

    /// <summary>Products with at least one hold.</summary>
    public required int ProductsOnHold { get; init; }

    /// <summary>Number of recorded price changes.</summary>
    public required int PriceChanges { get; init; }

    /// <summary>Number of actions applied, each counted once.</summary>
    public required int AppliedActions { get; init; }
}
