using System.Text.Json;
using Inventory.Data;
using Sluice.Json;
using Spectre.Console;

namespace Inventory.Account;

/// <summary>The tables of the main job's account.</summary>
internal static class JobTables
{
    /// <summary>What was selected, as the agents see it.</summary>
    public static Table Found(IEnumerable<ProductGlimpse> glimpses)
    {
        var table = AccountTable.New("found", "products", "in stock", "sold", "stock value", "for example");
        foreach (var glimpse in glimpses)
        {
            var products = $"{glimpse.Products:N0} of {glimpse.Products + glimpse.LeftOut:N0}";
            var examples = string.Join('\n', glimpse.Examples);
            table.Add(glimpse.About, products, $"{glimpse.StockUnits:N0}", $"{glimpse.UnitsSold:N0}", $"{glimpse.StockValue:N2}", examples);
        }

        return table;
    }

    /// <summary>What waits for approval.</summary>
    /// <param name="actions">The plan's actions.</param>
    /// <param name="previews">The previews by action, each an object with <c>index</c> and <c>preview</c> or <c>error</c>.</param>
    public static Table Plan(IReadOnlyList<InventoryAction> actions, JsonElement previews)
    {
        var table = AccountTable.New("index", "action", "products", "with", "would change");
        var known = previews.EnumerateArray().ToDictionary(preview => preview.GetProperty("index").GetInt32());
        for (var index = 0; index < actions.Count; index++)
        {
            var (kind, parameters) = Describe(actions[index]);
            var preview = known.TryGetValue(index, out var entry) && entry.TryGetProperty("preview", out var given)
                ? given.Deserialize<ActionPreview>(SluiceJson.Options)
                : null;
            table.Add($"{index}", kind, preview is null ? "?" : $"{preview.Products:N0}", parameters, Expected(preview));
        }

        return table;
    }

    /// <summary>What is known of an action whose outcome is not.</summary>
    public static Table Doubt(JsonElement effect)
    {
        var table = AccountTable.New("known", "value");
        foreach (var (name, member) in (ReadOnlySpan<(string, string)>)[
            ("action", "kind"), ("begun at", "claimedAt"), ("attempt", "attempt"), ("key", "idempotencyKey"), ("why it is not known", "reconcileError")])
        {
            if (effect.TryGetProperty(member, out var value)) table.Add(name, value.ToString());
        }

        return table;
    }

    /// <summary>What became of the actions, in the order of the events.</summary>
    public static Table Actions(IEnumerable<ActionStatusChangeEvent> changes)
    {
        var table = AccountTable.New("index", "action", "status", "changed", "result");
        foreach (var change in changes)
            table.Add($"{change.Index}", change.Kind, change.Status.ToString().ToLowerInvariant(), Affected(change), Message(change));
        return table;
    }

    /// <summary>The operational database before and after.</summary>
    public static Table Operations(OperationsSummary before, OperationsSummary after)
    {
        var table = AccountTable.New("operational database", "before", "after", "difference");
        (string Name, long Before, long After)[] rows =
        [
            ("purchase orders", before.PurchaseOrders, after.PurchaseOrders),
            ("order lines", before.PurchaseOrderLines, after.PurchaseOrderLines),
            ("units ordered", before.UnitsOrdered, after.UnitsOrdered),
            ("products on hold", before.ProductsOnHold, after.ProductsOnHold),
            ("price changes", before.PriceChanges, after.PriceChanges),
            ("actions applied", before.AppliedActions, after.AppliedActions),
        ];
        foreach (var row in rows)
            table.Add(row.Name, $"{row.Before:N0}", $"{row.After:N0}", Difference(row.After - row.Before));
        return table;
    }

    private static (string Kind, string Parameters) Describe(InventoryAction action) => action switch
    {
        ReorderProducts reorder => ("reorder_products", $"{reorder.QuantityPerProduct} units each"),
        HoldInventory hold => ("hold_inventory", $"until {hold.Until:O}: {hold.Reason}"),
        MarkDown markDown => ("mark_down", $"{markDown.Percent:0.##} % off"),
        _ => (action.GetType().Name, ""),
    };

    private static string Difference(long change) => change == 0 ? "" : $"{change:+#,0;-#,0}";

    private static string Expected(ActionPreview? preview) => preview switch
    {
        null => "unknown: the preview failed",
        { Obstacle: { } obstacle } => $"{preview.Change}\n! {obstacle}",
        _ => preview.Change,
    };

    private static string Affected(ActionStatusChangeEvent change) =>
        change.Result is { } result && result.TryGetProperty("entitiesAffected", out var affected) ? $"{affected.GetInt64():N0}" : "";

    private static string Message(ActionStatusChangeEvent change) =>
        change.Result is { } result && (result.TryGetProperty("summary", out var text) || result.TryGetProperty("message", out text))
            ? text.GetString() ?? ""
            : "";
}
