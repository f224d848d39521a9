namespace Inventory.Data.Generation;

/// <summary>What is wrong with a stock row.</summary>
internal enum StockDirt
{
    None,
    Negative,
    PlaceholderCountDate,
}
