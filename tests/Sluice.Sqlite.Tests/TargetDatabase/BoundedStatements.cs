using System.Globalization;

namespace Sluice.Sqlite.Tests.TargetDatabase;

/// <summary>Statements that would take all time or memory: each ends with few rows, cut ones, or an error.</summary>
internal static class BoundedStatements
{
    private const string Endless = "WITH RECURSIVE c(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM c)";

    public static IReadOnlyList<StatementCase> All { get; } =
    [
        new("time", "endless_rows", $"{Endless} SELECT i FROM c"),
        new("time", "endless_count", $"{Endless} SELECT count(*) FROM c"),
        new("time", "endless_filter", $"{Endless} SELECT i FROM c WHERE i < 0"),
        new("time", "endless_distinct", "WITH RECURSIVE c(i) AS (VALUES (1) UNION SELECT i + 1 FROM c) SELECT max(i) FROM c"),
        new("time", "cross_joins", "SELECT count(*) FROM order_items a, order_items b, order_items c, order_items d, order_items e, order_items f"),
        new("time", "cross_joins_like", "SELECT count(*) FROM order_items a, order_items b, order_items c WHERE a.product || b.product LIKE '%' || c.product || '%z%'"),
        new("time", "correlated", "SELECT sum((SELECT count(*) FROM order_items b, order_items c WHERE b.line + c.line > a.line)) FROM order_items a"),
        new("time", "nested_loops_in_function", $"{Endless} SELECT sum(length(hex(randomblob(1000)))) FROM c"),
        new("time", "endless_replace", $"{Endless} SELECT count(replace(hex(zeroblob(100000)), '00', 'a')) FROM c"),
        new("time", "endless_regexp", $"{Endless} SELECT count(*) FROM c WHERE printf('%0200d', i) REGEXP '(0*)*1$'"),
        new("time", "endless_json", $"{Endless} SELECT count(json_extract('[1,2,3]', '$[' || (i % 3) || ']')) FROM c"),
        new("memory", "endless_sort", $"{Endless} SELECT i, hex(randomblob(5000)) AS x FROM c ORDER BY x"),
        new("memory", "endless_group", $"{Endless} SELECT hex(randomblob(5000)) AS x, count(*) FROM c GROUP BY x"),
        new("memory", "endless_union", "WITH RECURSIVE c(x) AS (VALUES ('a') UNION SELECT hex(randomblob(5000)) FROM c) SELECT count(*) FROM c"),
        new("memory", "endless_window", $"{Endless} SELECT hex(randomblob(5000)), count(*) OVER () FROM c"),
        new("memory", "endless_distinct_aggregate", $"{Endless} SELECT count(DISTINCT hex(randomblob(5000))) FROM c"),
        new("memory", "materialized", $"{Endless}, m AS MATERIALIZED (SELECT hex(randomblob(5000)) AS x FROM c) SELECT count(*) FROM m"),
        new("memory", "wide_row", $"SELECT {string.Join(", ", Enumerable.Repeat("hex(randomblob(500000))", 400))}"),
        new("size", "zeroblob", "SELECT zeroblob(1000000000)"),
        new("size", "hex_of_zeroblob", "SELECT length(hex(zeroblob(900000000)))"),
        new("size", "randomblob", "SELECT length(randomblob(1000000000))"),
        new("size", "doubling", "WITH RECURSIVE d(s) AS (VALUES ('a') UNION ALL SELECT s || s FROM d) SELECT length(s) FROM d"),
        new("size", "group_concat", $"{Endless} SELECT length(group_concat(i)) FROM c"),
        new("size", "json_group_array", $"{Endless} SELECT length(json_group_array(i)) FROM c"),
        new("size", "replace_growth", "SELECT length(replace(hex(zeroblob(5000)), '0', hex(zeroblob(50000))))"),
        new("size", "printf_many", "SELECT length(printf(replace(hex(zeroblob(5000)), '0', '%999d'), 1))"),
        new("size", "cell", "SELECT hex(zeroblob(500000))"),
        new("compile", "deep_expression", $"SELECT {new string('(', 3000)}1{new string(')', 3000)}"),
        new("compile", "many_terms", $"SELECT {string.Join(" + ", Enumerable.Repeat("1", 5000))}"),
        new("compile", "many_selects", string.Join(" UNION ALL ", Enumerable.Repeat("SELECT 1", 5000))),
        new("compile", "long_text", $"SELECT '{new string('x', 2_000_000)}'"),
        new("compile", "like_pattern", $"SELECT count(*) FROM order_items WHERE product LIKE '{string.Concat(Enumerable.Repeat("%a", 2000))}'"),
        new("compile_memory", "tables_that_use_one_twice", $"WITH a0 AS (SELECT 1 AS x), {Chain("a{0} AS (SELECT l.x FROM a{1} l, a{1} r)")} SELECT count(*) FROM a24"),
        new("compile_memory", "values_that_use_one_twice", $"WITH a0 AS MATERIALIZED (SELECT 1 AS x), {Chain("a{0} AS MATERIALIZED (SELECT (SELECT x FROM a{1}) + (SELECT x FROM a{1}) AS x)")} SELECT count(*) FROM a24"),
        new("compile_memory", "sums_in_subqueries", Enumerable.Range(0, 40).Aggregate("SELECT 1 AS x", (inner, _) => $"SELECT x + x AS x FROM ({inner})")),
    ];
    /// <summary>24 tables, each made from the one before: its number stands for {0}, that of the one before for {1}.</summary>
    private static string Chain(string table) =>
        string.Join(", ", Enumerable.Range(1, 24).Select(number => string.Format(CultureInfo.InvariantCulture, table, number, number - 1)));
}
