using Microsoft.Data.Sqlite;

namespace Inventory.Data;

/// <summary>The questions the example's tools ask of the generated retail database.</summary>
/// <remarks>
/// "The last N days" end on the last day of the data, 2026-06-30. Every call opens the file read-only and closes it again; calls may run
/// at the same time.
/// </remarks>
internal sealed class RetailQueries(RetailDatabase retail)
{
    /// <summary>The largest number of products one call returns.</summary>
    public const int MaxLimit = 50_000;

    /// <summary>Products that lie on the shelves: enough stock, hardly a sale. Fewest sales first, then most stock.</summary>
    /// <param name="category">A category at any level, in any case; null for all.</param>
    /// <param name="days">Days looked back, 1 to 730.</param>
    /// <param name="minStockUnits">Stock in all stores together, at least.</param>
    /// <param name="maxUnitsSold">Units sold in those days, at most.</param>
    /// <param name="limit">Products to return at most, 1 to <see cref="MaxLimit"/>.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <exception cref="KeyNotFoundException">There is no such category; the message names similar ones.</exception>
    public Task<IReadOnlyList<ProductPosition>> SlowMoversAsync(
        string? category,
        int days = 90,
        int minStockUnits = 20,
        int maxUnitsSold = 2,
        int limit = 1000,
        CancellationToken cancellationToken = default) => PositionsAsync(
            PositionSql.SlowMovers, category, days, limit, [("$min_stock", minStockUnits), ("$max_sold", maxUnitsSold)], cancellationToken);

    /// <summary>Products that sell and are sold out or soon will be, best sellers first: what to reorder. No discontinued ones.</summary>
    /// <param name="category">A category at any level, in any case; null for all.</param>
    /// <param name="days">Days looked back, 1 to 730.</param>
    /// <param name="maxDaysOfCover">The stock lasts fewer days than this; 1 finds little but sold-out products.</param>
    /// <param name="limit">Products to return at most, 1 to <see cref="MaxLimit"/>.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <exception cref="KeyNotFoundException">There is no such category; the message names similar ones.</exception>
    public Task<IReadOnlyList<ProductPosition>> LowCoverAsync(
        string? category, int days = 30, int maxDaysOfCover = 14, int limit = 1000, CancellationToken cancellationToken = default) =>
        PositionsAsync(PositionSql.LowCover, category, days, limit, [("$max_cover", maxDaysOfCover)], cancellationToken);

    /// <summary>Products whose stock lasts longer than it should, most stock value at list price first.</summary>
    /// <param name="category">A category at any level, in any case; null for all.</param>
    /// <param name="days">Days looked back, 1 to 730.</param>
    /// <param name="minDaysOfCover">The stock lasts more days than this, or nothing was sold at all.</param>
    /// <param name="limit">Products to return at most, 1 to <see cref="MaxLimit"/>.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <exception cref="KeyNotFoundException">There is no such category; the message names similar ones.</exception>
    public Task<IReadOnlyList<ProductPosition>> OverstockAsync(
        string? category, int days = 180, int minDaysOfCover = 365, int limit = 1000, CancellationToken cancellationToken = default) =>
        PositionsAsync(PositionSql.Overstock, category, days, limit, [("$min_cover", minDaysOfCover)], cancellationToken);

    /// <summary>The category tree, parents before their children, with the number of products in and below each node.</summary>
    public Task<IReadOnlyList<CategoryCount>> CategoriesAsync(CancellationToken cancellationToken = default) => SqliteRead.ListAsync(
        retail.DatabasePath,
        """
        WITH RECURSIVE belongs (category_id, ancestor_id) AS (
            SELECT category_id, category_id FROM categories
            UNION ALL
            SELECT b.category_id, c.parent_category_id FROM belongs b JOIN categories c ON c.category_id = b.ancestor_id
            WHERE c.parent_category_id IS NOT NULL
        ),
        counted (category_id, products) AS (SELECT category_id, count(*) FROM products GROUP BY category_id)
        SELECT c.category_name, c.category_path, coalesce(sum(n.products), 0)
        FROM categories c
        JOIN belongs b ON b.ancestor_id = c.category_id
        LEFT JOIN counted n ON n.category_id = b.category_id
        GROUP BY c.category_id
        ORDER BY c.category_id
        """,
        [],
        row => new CategoryCount { Name = row.GetString(0), CategoryPath = row.GetString(1), Products = row.GetInt32(2) },
        cancellationToken);

    private async Task<IReadOnlyList<ProductPosition>> PositionsAsync(
        string sql, string? category, int days, int limit, (string Name, object? Value)[] filter, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(days, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(days, 730);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, MaxLimit);
        if (category is not null)
            await EnsureCategoryAsync(category, cancellationToken);
        return await SqliteRead.ListAsync(
            retail.DatabasePath,
            sql,
            [("$category", category), ("$days", days), ("$limit", limit), .. filter],
            row => ToPosition(row, days),
            cancellationToken);
    }

    private static ProductPosition ToPosition(SqliteDataReader row, int days)
    {
        var stock = row.GetInt64(3);
        var sold = row.GetInt64(4);
        return new ProductPosition
        {
            ProductId = row.GetString(0),
            Name = row.GetString(1),
            Category = row.GetString(2),
            StockUnits = stock,
            UnitsSold = sold,
            DaysOfCover = sold == 0 ? null : Math.Round((double)stock * days / sold, 1),
            Price = Math.Round((decimal)row.GetDouble(5), 2),
        };
    }

    private async Task EnsureCategoryAsync(string category, CancellationToken cancellationToken)
    {
        var categories = await CategoriesAsync(cancellationToken);
        if (categories.Any(c => string.Equals(c.Name, category, StringComparison.OrdinalIgnoreCase)))
            return;
        var words = category.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var similar = categories.Select(c => c.Name)
            .Where(name => words.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase)))
            .ToList();
        var hint = similar.Count > 0 ? $"Similar ones are: {string.Join(", ", similar)}." : "List the categories to see their names.";
        throw new KeyNotFoundException($"There is no category '{category}'. {hint}");
    }
}
