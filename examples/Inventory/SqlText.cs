using Sluice.Data;

namespace Inventory;

/// <summary>Pieces of queries that SQLite and PostgreSQL both take.</summary>
internal static class SqlText
{
    private const int MostRows = 1_000_000;

    /// <summary>A query that counts the rows of tables, no further than a million: that takes no time whatever their size.</summary>
    public static string CountRows(IEnumerable<TableDescription> tables)
    {
        var counts = tables.Select((table, index) =>
            $"SELECT {Literal($"{table.Schema}.{table.Name}")}{(index == 0 ? " AS name" : "")}, count(*){(index == 0 ? " AS row_count" : "")} "
            + $"FROM (SELECT 1 FROM {Table(table.Schema, table.Name)} LIMIT {MostRows}) AS counted");
        return $"{string.Join("\nUNION ALL ", counts)}\nORDER BY row_count DESC, name";
    }

    /// <summary>A table as it may stand in a query.</summary>
    public static string Table(string schema, string name) => $"{Quote(schema)}.{Quote(name)}";

    /// <summary>A name as it may stand in a query.</summary>
    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Literal(string value) => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";
}
