namespace Inventory.Data.Generation;

/// <summary>Where a product is bought. Lead time in days.</summary>
internal sealed record Supplier(
    int Id, string Name, string Country, int LeadTimeDays, string ContactName, string ContactEmail, string Phone);
