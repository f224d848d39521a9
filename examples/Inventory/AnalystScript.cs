using Sluice.Data;

namespace Inventory;

/// <summary>What a model would answer when it is to explore an unknown database.</summary>
internal static class AnalystScript
{
    /// <summary>What the user asks for.</summary>
    public const string Request = "What is in this database? Count the rows of its tables, and look into the largest.";

    private const int Counted = 100;
    private const int LookedInto = 3;
    private const int MostRows = 1_000_000;

    /// <summary>The analyst's turns. Which tables are the largest comes from the result of its own query.</summary>
    /// <param name="tables">The tables and views of the database.</param>
    public static Script Explore(IReadOnlyList<TableDescription> tables)
    {
        var counted = tables.Where(table => !table.IsView).Take(Counted).ToList();
        if (counted.Count == 0) return Script.Of(Script.Text("The database has no tables."));
        var largest = Enumerable.Range(0, Math.Min(counted.Count, LookedInto))
            .Select(row => CatalogTools.Table(Script.Result(1, $"/untrustedData/rows/{row}/0"))).ToList();
        return Script.Of(
            Script.Call(CatalogTools.ExecuteQuery, new { sql = CountRows(counted) }),
            Script.Calls(largest.Select(table => Script.Call(CatalogTools.ListSchemaFields, new { table }))),
            Script.Calls(largest.Select(table => Script.Call(CatalogTools.SampleTableData, new { table, limit = 3 }))),
            Script.Text("That is what the tools can tell without writing anything."));
    }

    /// <summary>Counts no further than a million, which takes no time whatever the size of the table.</summary>
    private static string CountRows(IEnumerable<TableDescription> tables) => string.Join("\nUNION ALL ", tables.Select((table, index) =>
        $"SELECT {Text($"{table.Schema}.{table.Name}")}{(index == 0 ? " AS name" : "")}, count(*){(index == 0 ? " AS row_count" : "")} FROM (SELECT 1 FROM {Quoted(table)} LIMIT {MostRows})"))
        + "\nORDER BY row_count DESC, name";

    private static string Text(string value) => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string Quoted(TableDescription table) => $"\"{table.Name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
