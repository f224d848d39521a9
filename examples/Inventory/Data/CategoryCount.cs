namespace Inventory.Data;

/// <summary>A node of the category tree.</summary>
internal sealed record CategoryCount
{
    /// <summary>Its name, such as "Winter Boots".</summary>
    public required string Name { get; init; }

    /// <summary>Where it is in the tree, such as "Footwear > Boots > Winter Boots".</summary>
    public required string CategoryPath { get; init; }

    /// <summary>Number of products in it and below it.</summary>
    public required int Products { get; init; }
}
