using Inventory.Data;

namespace Inventory;

/// <summary>
/// Applies approved actions to the operational database, if the policies allow them. Every change carries the action's idempotency key, so
/// applying it again changes nothing; after a crash the key tells whether it happened, and the same key takes it back.
/// </summary>
internal sealed class InventoryHandlers(OperationsDatabase operations, Policies policies)
{
    private readonly OperationsQueries _queries = new(operations);

    /// <summary>A handler for every kind of action.</summary>
    public ActionHandlers All() => ActionHandlers.For(InventoryPlan.Spec)
        .On<ReorderProducts>(ReorderAsync, PreviewReorder, ReconcileAsync, UndoAsync, idempotent: true)
        .On<HoldInventory>(HoldAsync, PreviewHold, ReconcileAsync, UndoAsync, idempotent: true)
        .On<MarkDown>(MarkDownAsync, PreviewMarkDownAsync, ReconcileAsync, UndoAsync, idempotent: true);

    private async Task<ActionResult?> ReorderAsync(ReorderProducts action, DispatchContext context)
    {
        if (AllowedProducts(action, context) is not [_, ..] products) return Nothing();
        var lines = await operations.ReorderAsync(context.IdempotencyKey, products, action.QuantityPerProduct, context.CancellationToken);
        return ActionResult.Affected(lines, $"Ordered {action.QuantityPerProduct} units each of {lines} products.");
    }

    private async Task<ActionResult?> HoldAsync(HoldInventory action, DispatchContext context)
    {
        if (AllowedProducts(action, context) is not [_, ..] products) return Nothing();
        var held = await operations.HoldAsync(context.IdempotencyKey, products, action.Reason, action.Until, context.CancellationToken);
        return ActionResult.Affected(held, $"Put {held} products on hold until {action.Until:O}.");
    }

    private async Task<ActionResult?> MarkDownAsync(MarkDown action, DispatchContext context)
    {
        if (AllowedProducts(action, context) is not [_, ..] products) return Nothing();
        var changed = await operations.MarkDownAsync(context.IdempotencyKey, products, action.Percent, context.CancellationToken);
        return ActionResult.Affected(changed, $"Lowered {changed} prices by {action.Percent:0.##} %.");
    }

    private Task<object?> PreviewReorder(ReorderProducts action, DispatchContext context)
    {
        var set = context.Resolve(action.Products);
        return Preview(action, set, $"one order of {(long)set.ProductIds.Count * action.QuantityPerProduct:N0} units");
    }

    private Task<object?> PreviewHold(HoldInventory action, DispatchContext context) =>
        Preview(action, context.Resolve(action.Products), $"neither ordered nor sold until {action.Until:O}");

    private async Task<object?> PreviewMarkDownAsync(MarkDown action, DispatchContext context)
    {
        var set = context.Resolve(action.Products);
        if (set.ProductIds.Count == 0) return await Preview(action, set, "no prices");
        var preview = await operations.PreviewMarkDownAsync(set.ProductIds, action.Percent, context.CancellationToken);
        return new ActionPreview
        {
            Products = preview.Products,
            Change = $"prices of one each: {preview.OldTotal:N2} → {preview.NewTotal:N2}",
            Obstacle = policies.Objection(action, set.Category) ?? (preview.BelowCost == 0 ? null : $"{preview.BelowCost} would fall below cost"),
        };
    }

    /// <summary>After a crash: what the action changed, or null when it did not happen.</summary>
    private async Task<ActionResult?> ReconcileAsync(InventoryAction action, DispatchContext context) =>
        await _queries.RowsAffectedAsync(context.IdempotencyKey, context.CancellationToken) is { } rows
            ? ActionResult.Affected(rows, $"Had changed {rows} rows before the interruption.")
            : null;

    private Task UndoAsync(InventoryAction action, DispatchContext context) =>
        operations.UndoAsync(context.IdempotencyKey, context.CancellationToken);

    /// <summary>The products of an action that the policies allow.</summary>
    /// <exception cref="InvalidOperationException">They do not.</exception>
    private IReadOnlyList<string> AllowedProducts(InventoryAction action, DispatchContext context)
    {
        var set = context.Resolve(action.Products);
        return policies.Objection(action, set.Category) is { } objection ? throw new InvalidOperationException($"{objection}.") : set.ProductIds;
    }

    private static ActionResult Nothing() => ActionResult.Affected(0, "The set holds no products, so there was nothing to do.");

    private Task<object?> Preview(InventoryAction action, ProductSet set, string change) => Task.FromResult<object?>(
        new ActionPreview { Products = set.ProductIds.Count, Change = change, Obstacle = policies.Objection(action, set.Category) });
}
