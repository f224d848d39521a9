namespace Inventory.Data;

/// <summary>The questions the example asks of the operations database: what is already under way, and what became of an action.</summary>
/// <remarks>Every call opens the file read-only and closes it again; calls may run at the same time.</remarks>
internal sealed class OperationsQueries(OperationsDatabase operations)
{
    /// <summary>Products in any purchase order.</summary>
    public Task<IReadOnlySet<string>> OrderedProductsAsync(CancellationToken cancellationToken = default) =>
        ProductsInAsync("purchase_order_lines", cancellationToken);

    /// <summary>Products with any hold.</summary>
    public Task<IReadOnlySet<string>> HeldProductsAsync(CancellationToken cancellationToken = default) =>
        ProductsInAsync("holds", cancellationToken);

    /// <summary>Products whose price was lowered at least once.</summary>
    public Task<IReadOnlySet<string>> MarkedDownProductsAsync(CancellationToken cancellationToken = default) =>
        ProductsInAsync("price_changes", cancellationToken);

    /// <summary>Number of rows an action changed; null when no action with this key was applied, or it was undone.</summary>
    public async Task<int?> RowsAffectedAsync(string idempotencyKey, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(idempotencyKey);
        var rows = await SqliteRead.ListAsync(
            operations.DatabasePath,
            "SELECT rows_affected FROM applied_actions WHERE idempotency_key = $key",
            [("$key", idempotencyKey)],
            row => row.GetInt32(0),
            cancellationToken);
        return rows.Count == 0 ? null : rows[0];
    }

    private async Task<IReadOnlySet<string>> ProductsInAsync(string table, CancellationToken cancellationToken)
    {
        var products = await SqliteRead.ListAsync(
            operations.DatabasePath, $"SELECT DISTINCT product_id FROM {table}", [], row => row.GetString(0), cancellationToken);
        return products.ToHashSet(StringComparer.Ordinal);
    }
}
