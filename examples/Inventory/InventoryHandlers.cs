using Inventory.Data;

namespace Inventory;

/// <summary>
/// Applies approved actions to the operational database. Every change carries the action's idempotency key, so applying it again changes
/// nothing; after a crash the key tells whether it happened, and the same key takes it back.
/// </summary>
internal sealed class InventoryHandlers(OperationsDatabase operations)
{
    private readonly OperationsQueries _queries = new(operations);

    /// <summary>A handler for every kind of action.</summary>
    public ActionHandlers All() => ActionHandlers.For(InventoryPlan.Spec)
        .On<ReorderProducts>(ReorderAsync, PreviewReorder, ReconcileAsync, UndoAsync, idempotent: true)
        .On<HoldInventory>(HoldAsync, PreviewHold, ReconcileAsync, UndoAsync, idempotent: true)
        .On<MarkDown>(MarkDownAsync, PreviewMarkDownAsync, ReconcileAsync, UndoAsync, idempotent: true);

    private async Task<ActionResult?> ReorderAsync(ReorderProducts action, DispatchContext context)
    {
        if (ProductsOf(action, context) is not [_, ..] products) return Nothing();
        var lines = await operations.ReorderAsync(context.IdempotencyKey, products, action.QuantityPerProduct, context.CancellationToken);
        return ActionResult.Affected(lines, $"Ordered {action.QuantityPerProduct} units each of {lines} products.");
    }

    private async Task<ActionResult?> HoldAsync(HoldInventory action, DispatchContext context)
    {
        if (ProductsOf(action, context) is not [_, ..] products) return Nothing();
        var held = await operations.HoldAsync(context.IdempotencyKey, products, action.Reason, action.Until, context.CancellationToken);
        return ActionResult.Affected(held, $"Put {held} products on hold {Until(action)}.");
    }

    private async Task<ActionResult?> MarkDownAsync(MarkDown action, DispatchContext context)
    {
        if (ProductsOf(action, context) is not [_, ..] products) return Nothing();
        var changed = await operations.MarkDownAsync(context.IdempotencyKey, products, action.Percent, context.CancellationToken);
        return ActionResult.Affected(changed, $"Lowered {changed} prices by {action.Percent:0.##} %.");
    }

    private Task<object?> PreviewReorder(ReorderProducts action, DispatchContext context)
    {
        var products = ProductsOf(action, context).Count;
        return Preview(products, $"one order of {(long)products * action.QuantityPerProduct:N0} units");
    }

    private Task<object?> PreviewHold(HoldInventory action, DispatchContext context) =>
        Preview(ProductsOf(action, context).Count, $"neither ordered nor sold {Until(action)}");

    private async Task<object?> PreviewMarkDownAsync(MarkDown action, DispatchContext context)
    {
        if (ProductsOf(action, context) is not [_, ..] products) return await Preview(0, "no prices");
        var preview = await operations.PreviewMarkDownAsync(products, action.Percent, context.CancellationToken);
        return new ActionPreview
        {
            Products = preview.Products,
            Change = $"prices of one each: {preview.OldTotal:N2} → {preview.NewTotal:N2}",
            Obstacle = preview.BelowCost == 0 ? null : $"{preview.BelowCost} would fall below cost",
        };
    }

    /// <summary>After a crash: what the action changed, or null when it did not happen.</summary>
    private async Task<ActionResult?> ReconcileAsync(InventoryAction action, DispatchContext context) =>
        await _queries.RowsAffectedAsync(context.IdempotencyKey, context.CancellationToken) is { } rows
            ? ActionResult.Affected(rows, $"Had changed {rows} rows before the interruption.")
            : null;

    private Task UndoAsync(InventoryAction action, DispatchContext context) =>
        operations.UndoAsync(context.IdempotencyKey, context.CancellationToken);

    private static IReadOnlyList<string> ProductsOf(InventoryAction action, DispatchContext context) =>
        context.Resolve(action.Products).ProductIds;

    private static ActionResult Nothing() => ActionResult.Affected(0, "The set holds no products, so there was nothing to do.");

    private static Task<object?> Preview(int products, string change) =>
        Task.FromResult<object?>(new ActionPreview { Products = products, Change = change });

    private static string Until(HoldInventory action) => action.Until is { } day ? $"until {day:O}" : "until further notice";
}
