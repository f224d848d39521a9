namespace Inventory;

/// <summary>What a model would answer when it is to explore an unknown database.</summary>
internal static class AnalystScript
{
    /// <summary>What the user asks for.</summary>
    public const string Request = "What is in this database? Look at its tables, sample the largest ones, and try one query.";

    private const int LookedInto = 3;

    /// <summary>The analyst's turns. Table names and the query come from the results of its own calls.</summary>
    /// <param name="tables">How many tables and views there are; a script cannot count.</param>
    public static Script Explore(int tables)
    {
        var count = Math.Min(tables, LookedInto);
        if (count == 0) return Script.Of(Script.Call(AnalystTools.ListTables), Script.Text("The database has no tables."));
        var named = Enumerable.Range(0, count).Select(index => Script.Result(1, $"/{index}/name")).ToList();
        return Script.Of(
            Script.Call(AnalystTools.ListTables),
            Script.Calls(named.Select(table => Script.Call(AnalystTools.DescribeTable, new { table }))),
            Script.Calls(named.Select(table => Script.Call(AnalystTools.SampleRows, new { table, count = 3 }))),
            Script.Call(AnalystTools.RunQuery, new { sql = Script.Result(2, "/exampleQuery") }),
            Script.Text("That is what the tools can tell without writing anything."));
    }
}
