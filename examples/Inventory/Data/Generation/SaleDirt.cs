namespace Inventory.Data.Generation;

/// <summary>What is wrong with a sales row.</summary>
internal enum SaleDirt
{
    None,
    Orphan,
    DatedOtherwise,
}
