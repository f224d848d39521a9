using System.ComponentModel.DataAnnotations;

namespace Sluice.Bench.Loop;

/// <summary>What the model asks: typed arguments of ordinary size.</summary>
internal sealed record StockQuery(string Sku, string Warehouse, [property: Range(1, 1000)] int Limit = 10, bool IncludeReserved = false);

/// <summary>What it gets: a typed result of ordinary size.</summary>
internal sealed record StockLevel(string Sku, string Warehouse, int OnHand, int Reserved, decimal UnitPrice);

/// <summary>The one tool of the benchmarks. It does next to nothing, so that what is measured is the loop around it.</summary>
internal static class StockTool
{
    public const string Name = "stock_level";

    public const string Description = "Reads how much of a product a warehouse holds.";

    public static Task<StockLevel> ReadAsync(StockQuery query) =>
        Task.FromResult(new StockLevel(query.Sku, query.Warehouse, 120 - query.Limit, query.IncludeReserved ? 7 : 0, 19.95m));

    public static ToolSpec Spec(ToolEffect effect, ApprovalPolicy? approval = null) =>
        Define.Tool<StockQuery, StockLevel>(Name, Description, static (query, _) => ReadAsync(query), approval, effect);
}
