using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Inventory.Data;

/// <summary>The steps of one action inside its transaction; the caller commits.</summary>
internal sealed class OperationsTransaction(
    SqliteTransaction transaction, OperationsAction action, DateTimeOffset now, CancellationToken cancellationToken)
{
    private readonly SqliteConnection _connection = transaction.Connection!;
    private readonly string _now = now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>The rows affected when the action was applied before, otherwise null.</summary>
    public int? FindEarlierResult()
    {
        using var command = Command(
            "SELECT rows_affected, action_kind, arguments_hash FROM applied_actions WHERE idempotency_key = $key", ("$key", action.Key));
        using var row = command.ExecuteReader();
        if (!row.Read())
            return null;
        if (string.Equals(row.GetString(2), action.ArgumentsHash, StringComparison.Ordinal))
            return row.GetInt32(0);
        throw new InvalidOperationException(
            $"The idempotency key '{action.Key}' was used for another '{row.GetString(1)}' action. Use a new key for a new action.");
    }

    public void RecordApplied(int rows)
    {
        using var command = Command(
            "INSERT INTO applied_actions VALUES ($key, $kind, $hash, $rows, $now)",
            ("$key", action.Key), ("$kind", action.Kind), ("$hash", action.ArgumentsHash), ("$rows", rows), ("$now", _now));
        command.ExecuteNonQuery();
    }

    public int AddPurchaseOrder(int quantity)
    {
        LoadPrices();
        using var order = Command(
            "INSERT INTO purchase_orders (idempotency_key, ordered_at) VALUES ($key, $now) RETURNING purchase_order_id",
            ("$key", action.Key), ("$now", _now));
        var orderId = (long)order.ExecuteScalar()!;
        using var line = Command(
            "INSERT INTO purchase_order_lines VALUES ($order, $product, $quantity)",
            ("$order", orderId), ("$product", ""), ("$quantity", quantity));
        return ForEachProduct(line);
    }

    public int AddHolds(string reason, DateOnly? until)
    {
        LoadPrices();
        using var hold = Command(
            "INSERT INTO holds VALUES ($key, $product, $reason, $until, $now)",
            ("$key", action.Key), ("$product", ""), ("$reason", reason), ("$until", until?.ToString("O")), ("$now", _now));
        return ForEachProduct(hold);
    }

    public int LowerPrices(decimal percent)
    {
        var changes = PriceChanges(percent);
        var belowCost = changes.Where(change => change.IsBelowCost).ToList();
        if (belowCost.Count > 0)
        {
            throw new InvalidOperationException(
                $"A markdown of {percent} % would put {belowCost.Count} of {changes.Count} products below cost, "
                + $"'{belowCost[0].ProductId}' first. Nothing was changed: leave them out or take a smaller percentage.");
        }

        using var update = Command(
            "UPDATE current_prices SET price_cents = $new WHERE product_id = $product", ("$product", ""), ("$new", 0L));
        using var record = Command(
            "INSERT INTO price_changes VALUES ($key, $product, $old, $new, $now)",
            ("$key", action.Key), ("$product", ""), ("$old", 0L), ("$new", 0L), ("$now", _now));
        foreach (var change in changes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            update.Parameters["$product"].Value = change.ProductId;
            update.Parameters["$new"].Value = change.NewCents;
            update.ExecuteNonQuery();
            record.Parameters["$product"].Value = change.ProductId;
            record.Parameters["$old"].Value = change.OldCents;
            record.Parameters["$new"].Value = change.NewCents;
            record.ExecuteNonQuery();
        }

        return changes.Count;
    }

    public MarkDownPreview PreviewPrices(decimal percent)
    {
        var changes = PriceChanges(percent);
        return new MarkDownPreview
        {
            Products = changes.Count,
            OldTotal = changes.Sum(change => change.OldCents) / 100m,
            NewTotal = changes.Sum(change => change.NewCents) / 100m,
            BelowCost = changes.Count(change => change.IsBelowCost),
        };
    }

    private List<PriceChange> PriceChanges(decimal percent) =>
        [.. LoadPrices().Select(price => new PriceChange(price.ProductId, price.Cents, Lowered(price.Cents, percent), price.CostCents))];

    private static long Lowered(long cents, decimal percent) =>
        (long)Math.Round(cents * (100 - percent) / 100, MidpointRounding.AwayFromZero);

    /// <summary>Current price and cost of every product of the action; refuses unknown products in one message.</summary>
    private List<(string ProductId, long Cents, long CostCents)> LoadPrices()
    {
        var prices = new List<(string, long, long)>(action.ProductIds.Count);
        var unknown = new List<string>();
        using var command = Command("SELECT price_cents, cost_cents FROM current_prices WHERE product_id = $product", ("$product", ""));
        foreach (var productId in action.ProductIds)
        {
            cancellationToken.ThrowIfCancellationRequested();
            command.Parameters["$product"].Value = productId;
            using var row = command.ExecuteReader();
            if (row.Read())
                prices.Add((productId, row.GetInt64(0), row.GetInt64(1)));
            else
                unknown.Add(productId);
        }

        return unknown.Count == 0
            ? prices
            : throw new KeyNotFoundException(
                $"{unknown.Count} of {action.ProductIds.Count} products are unknown, '{unknown[0]}' first. Nothing was changed.");
    }

    private int ForEachProduct(SqliteCommand insert)
    {
        var rows = 0;
        foreach (var productId in action.ProductIds)
        {
            cancellationToken.ThrowIfCancellationRequested();
            insert.Parameters["$product"].Value = productId;
            rows += insert.ExecuteNonQuery();
        }

        return rows;
    }

    private SqliteCommand Command(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = _connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        return command;
    }

    private sealed record PriceChange(string ProductId, long OldCents, long NewCents, long CostCents)
    {
        public bool IsBelowCost => NewCents < CostCents;
    }
}
