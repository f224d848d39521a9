namespace Inventory.Data;

/// <summary>How one product stands: what is left of it and how it sold in the last days.</summary>
internal sealed record ProductPosition
{
    /// <summary>Its id, such as "P-000123".</summary>
    public required string ProductId { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The name of its category.</summary>
    public required string Category { get; init; }

    /// <summary>Units on hand in all stores; a negative count in a store is taken as none.</summary>
    public required long StockUnits { get; init; }

    /// <summary>Units sold in the days asked for.</summary>
    public required long UnitsSold { get; init; }

    /// <summary>Days the stock lasts at that pace, to one decimal; null when nothing was sold.</summary>
    public required double? DaysOfCover { get; init; }

    /// <summary>List price of one unit.</summary>
    public required decimal Price { get; init; }
}
