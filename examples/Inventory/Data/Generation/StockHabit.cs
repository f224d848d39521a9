namespace Inventory.Data.Generation;

/// <summary>How the buyers of a category keep its shelves.</summary>
internal enum StockHabit
{
    Balanced,
    Overstocked,
    Understocked,
}
