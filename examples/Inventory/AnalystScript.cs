using Sluice.Data;

namespace Inventory;

/// <summary>What a model would answer when it is to explore an unknown database.</summary>
internal static class AnalystScript
{
    /// <summary>What the user asks for.</summary>
    public const string Request = "What is in this database? Count the rows of its tables, and look into the largest.";

    private const int Counted = 100;
    private const int LookedInto = 3;

    /// <summary>The analyst's turns. Which tables are the largest comes from the result of its own query.</summary>
    /// <param name="tables">The tables and views of the database.</param>
    public static Script Explore(IReadOnlyList<TableDescription> tables)
    {
        var counted = tables.Where(table => !table.IsView).Take(Counted).ToList();
        if (counted.Count == 0) return Script.Of(Script.Text("The database has no tables."));
        var largest = Enumerable.Range(0, Math.Min(counted.Count, LookedInto))
            .Select(row => CatalogTools.Table(Script.Result(1, $"/untrustedData/rows/{row}/0"))).ToList();
        return Script.Of(
            Script.Call(CatalogTools.ExecuteQuery, new { sql = SqlText.CountRows(counted) }),
            Script.Calls(largest.Select(table => Script.Call(CatalogTools.ListSchemaFields, new { table }))),
            Script.Calls(largest.Select(table => Script.Call(CatalogTools.SampleTableData, new { table, limit = 3 }))),
            Script.Text("That is what the tools can tell without writing anything."));
    }
}
