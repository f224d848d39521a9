namespace Inventory.Data.Generation;

/// <summary>When a category sells.</summary>
internal enum Season
{
    AllYear,
    Winter,
    Summer,
    Spring,
    School,
    Holiday,
}
