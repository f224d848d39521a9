using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Inventory.Data;
using Microsoft.Extensions.DependencyInjection;

namespace Inventory;

/// <summary>
/// The planner's own tools, which select products. They only read, and answer with a handle and a glimpse. The databases are found in the
/// services of the runtime, so that the spec is there before they are.
/// </summary>
internal static class RetailTools
{
    public const string FindSlowMovers = "find_slow_movers";
    public const string FindLowCover = "find_low_cover";
    public const string FindOverstock = "find_overstock";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ToolSpec> All { get; } =
    [
        Define.Tool<SlowMovers, ReferenceEnvelope>(
            FindSlowMovers,
            "Selects products with stock and hardly a sale, fewest sales first. Those marked down before are left out.",
            FindSlowMoversAsync, effect: ToolEffect.ReadOnly),
        Define.Tool<LowCover, ReferenceEnvelope>(
            FindLowCover,
            "Selects products that sell and are sold out or soon will be, best sellers first. Those reordered before are left out.",
            FindLowCoverAsync, effect: ToolEffect.ReadOnly),
        Define.Tool<Overstock, ReferenceEnvelope>(
            FindOverstock,
            "Selects products whose stock lasts too long, most stock value first. Those put on hold before are left out.",
            FindOverstockAsync, effect: ToolEffect.ReadOnly),
    ];

    private static async Task<ReferenceEnvelope> FindSlowMoversAsync(SlowMovers wanted, ToolContext context)
    {
        var found = await Retail(context).SlowMoversAsync(
            wanted.Category, wanted.Days, wanted.MinStockUnits, wanted.MaxUnitsSold, RetailQueries.MaxLimit, context.CancellationToken);
        var before = await Operations(context).MarkedDownProductsAsync(context.CancellationToken);
        return await StoreAsync("slow movers", wanted, found, before, context);
    }

    private static async Task<ReferenceEnvelope> FindLowCoverAsync(LowCover wanted, ToolContext context)
    {
        var found = await Retail(context).LowCoverAsync(
            wanted.Category, wanted.Days, wanted.MaxDaysOfCover, RetailQueries.MaxLimit, context.CancellationToken);
        var before = await Operations(context).OrderedProductsAsync(context.CancellationToken);
        return await StoreAsync("low cover", wanted, found, before, context);
    }

    private static async Task<ReferenceEnvelope> FindOverstockAsync(Overstock wanted, ToolContext context)
    {
        var found = await Retail(context).OverstockAsync(
            wanted.Category, wanted.Days, wanted.MinDaysOfCover, RetailQueries.MaxLimit, context.CancellationToken);
        var before = await Operations(context).HeldProductsAsync(context.CancellationToken);
        return await StoreAsync("overstock", wanted, found, before, context);
    }

    private static RetailQueries Retail(ToolContext context) => context.Services.GetRequiredService<RetailQueries>();

    private static OperationsQueries Operations(ToolContext context) => context.Services.GetRequiredService<OperationsQueries>();

    private static async Task<ReferenceEnvelope> StoreAsync(
        string what, Selection wanted, IReadOnlyList<ProductPosition> found, IReadOnlySet<string> before, ToolContext context)
    {
        var about = $"{what} in {wanted.Category ?? "all categories"}";
        ProductPosition[] chosen = [.. found.Where(product => !before.Contains(product.ProductId)).Take(wanted.Limit)];
        return await context.References.CreateAsync(
            ProductSet.Reference,
            new ProductSet { About = about, Category = wanted.Category, ProductIds = [.. chosen.Select(product => product.ProductId)] },
            ProductGlimpse.Of(about, chosen, found.Count),
            context.CancellationToken);
    }

    private abstract record Selection
    {
        [Description("A category at any level, such as 'Winter Boots' or 'Footwear'; left out: all.")]
        public string? Category { get; init; }

        [Range(1, RetailQueries.MaxLimit), Description("The most products to select.")]
        public int Limit { get; init; } = 1000;
    }

    private sealed record SlowMovers : Selection
    {
        [Range(1, 730), Description("Days looked back.")]
        public int Days { get; init; } = 90;

        [Range(0, int.MaxValue), Description("Stock in all stores together, at least.")]
        public int MinStockUnits { get; init; } = 20;

        [Range(0, int.MaxValue), Description("Units sold in those days, at most.")]
        public int MaxUnitsSold { get; init; } = 2;
    }

    private sealed record LowCover : Selection
    {
        [Range(1, 730), Description("Days looked back.")]
        public int Days { get; init; } = 30;

        [Range(1, 730), Description("The stock lasts fewer days than this.")]
        public int MaxDaysOfCover { get; init; } = 14;
    }

    private sealed record Overstock : Selection
    {
        [Range(1, 730), Description("Days looked back.")]
        public int Days { get; init; } = 180;

        [Range(1, 10_000), Description("The stock lasts more days than this.")]
        public int MinDaysOfCover { get; init; } = 365;
    }
}
