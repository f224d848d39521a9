namespace Inventory.Data.Generation;

/// <summary>What is wrong with a product row.</summary>
internal enum ProductDirt
{
    None,
    DatedOtherwise,
    BlankColor,
    PlaceholderColor,
    TextWeight,
    CopiedSku,
}
