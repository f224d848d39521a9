namespace Inventory.Data;

/// <summary>The one shape of all questions about product positions; they differ in the filter and the order.</summary>
internal static class PositionSql
{
    // Today is the last day of the data, so the answers do not change with the calendar. The upper bound also keeps out the sales whose
    // day is written in another format: as text they sort below or above the ISO days.
    private const string Positions = """
        WITH RECURSIVE wanted (category_id) AS (
            SELECT category_id FROM categories WHERE $category IS NULL OR category_name = $category COLLATE NOCASE
            UNION
            SELECT c.category_id FROM categories c JOIN wanted w ON c.parent_category_id = w.category_id
        ),
        period (first_day, last_day) AS (
            SELECT date(window_end, '-' || ($days - 1) || ' days'), window_end FROM dataset
        ),
        positions AS (
            SELECT p.product_id, p.product_name, c.category_name, p.price, p.status,
                   (SELECT coalesce(sum(max(l.units_on_hand, 0)), 0) FROM stock_levels l WHERE l.product_id = p.product_id) AS stock_units,
                   (SELECT coalesce(sum(s.units), 0) FROM sales s
                    WHERE s.product_id = p.product_id AND s.sold_on BETWEEN d.first_day AND d.last_day) AS units_sold
            FROM products p
            JOIN categories c ON c.category_id = p.category_id
            JOIN period d
            WHERE p.category_id IN (SELECT category_id FROM wanted)
        )
        SELECT product_id, product_name, category_name, stock_units, units_sold, price FROM positions

        """;

    public const string SlowMovers = Positions + """
        WHERE stock_units >= $min_stock AND units_sold <= $max_sold
        ORDER BY units_sold, stock_units DESC, product_id LIMIT $limit
        """;

    public const string LowCover = Positions + """
        WHERE status = 'active' AND units_sold > 0 AND stock_units * $days < units_sold * $max_cover
        ORDER BY units_sold DESC, product_id LIMIT $limit
        """;

    public const string Overstock = Positions + """
        WHERE stock_units > 0 AND stock_units * $days > units_sold * $min_cover
        ORDER BY stock_units * price DESC, product_id LIMIT $limit
        """;
}
