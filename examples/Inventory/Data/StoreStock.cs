namespace Inventory.Data;

/// <summary>The stock of one product in one store.</summary>
internal sealed record StoreStock
{
    /// <summary>Name of the store.</summary>
    public required string Store { get; init; }

    /// <summary>Name of its region.</summary>
    public required string Region { get; init; }

    /// <summary>Units as counted; a few rows are negative.</summary>
    public required int UnitsOnHand { get; init; }

    /// <summary>Units of them that are promised to customers.</summary>
    public required int UnitsReserved { get; init; }

    /// <summary>Day of the count; a few rows hold the placeholder 1900-01-01.</summary>
    public required DateOnly CountedOn { get; init; }
}
