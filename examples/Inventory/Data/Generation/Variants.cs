namespace Inventory.Data.Generation;

/// <summary>What tells the products of one style apart.</summary>
internal enum Variants
{
    ShoeSizes,
    ClothingSizes,
    Colors,
    Packs,
}
