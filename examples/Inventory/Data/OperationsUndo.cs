using Microsoft.Data.Sqlite;

namespace Inventory.Data;

/// <summary>Takes one applied action back inside a transaction; the caller commits.</summary>
internal sealed class OperationsUndo(SqliteTransaction transaction, string key)
{
    /// <summary>The rows the action had changed; 0 when there is none with this key.</summary>
    public int Run()
    {
        RestorePrices();
        var rows = Execute("DELETE FROM price_changes WHERE idempotency_key = $key")
            + Execute("DELETE FROM holds WHERE idempotency_key = $key")
            + Execute("""
                DELETE FROM purchase_order_lines
                WHERE purchase_order_id = (SELECT purchase_order_id FROM purchase_orders WHERE idempotency_key = $key)
                """);
        Execute("DELETE FROM purchase_orders WHERE idempotency_key = $key");
        Execute("DELETE FROM applied_actions WHERE idempotency_key = $key");
        return rows;
    }

    private void RestorePrices()
    {
        var changed = Count("SELECT count(*) FROM price_changes WHERE idempotency_key = $key");
        var restored = Execute("""
            UPDATE current_prices SET price_cents = c.old_cents
            FROM price_changes c
            WHERE c.idempotency_key = $key AND c.product_id = current_prices.product_id AND c.new_cents = current_prices.price_cents
            """);
        if (restored != changed)
        {
            throw new InvalidOperationException(
                $"{changed - restored} of {changed} prices were changed again since, so the markdown cannot be taken back. Nothing was changed.");
        }
    }

    private long Count(string sql)
    {
        using var command = Command(sql);
        return (long)command.ExecuteScalar()!;
    }

    private int Execute(string sql)
    {
        using var command = Command(sql);
        return command.ExecuteNonQuery();
    }

    private SqliteCommand Command(string sql)
    {
        var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        command.Parameters.AddWithValue("$key", key);
        return command;
    }
}
