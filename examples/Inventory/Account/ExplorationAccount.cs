using System.Text.Json;
using Sluice.Data;
using Spectre.Console;

namespace Inventory.Account;

/// <summary>Tells the exploration of a database while it happens.</summary>
internal sealed class ExplorationAccount(IAnsiConsole console, bool showEvents)
{
    private readonly Steps _steps = new(console);
    private readonly RunCounts _counts = new();
    private readonly Dictionary<string, string> _sql = [];
    private readonly long _started = TimeProvider.System.GetTimestamp();

    /// <summary>Announces the run.</summary>
    public void Begin(string path, IReadOnlyList<TableDescription> tables)
    {
        var views = tables.Count(table => table.IsView);
        console.Write(new Rule("The request").LeftJustified());
        console.WriteLine(AnalystScript.Request);
        console.WriteLine($"{ToolSummary.Count(tables.Count - views, "table")} and {ToolSummary.Count(views, "view")} in {path}");
        console.WriteLine("No model is called: a script answers in its place. The tools and their answers are real, and they can only read.");
        console.WriteLine();
    }

    /// <summary>Tells an event.</summary>
    public void Add(RuntimeEvent e)
    {
        _counts.Add(e);
        if (showEvents) console.Profile.Out.Writer.WriteLine(e.ToJson());
        if (e is ToolInvocationEvent { State: InvocationState.Call, Args: { } arguments } call && arguments.TryGetProperty("sql", out var sql))
            _sql[call.ToolInvocationId] = sql.ToString();
        _steps.Print(e);
        if (e is ToolInvocationEvent { Result: { } result } answered) PrintResult(answered, result);
    }

    /// <summary>Tells how it ended.</summary>
    public void End()
    {
        console.WriteLine();
        console.WriteLine($"{_counts} in {TimeProvider.System.GetElapsedTime(_started).TotalSeconds:0.00} s. Nothing was written.");
    }

    private void PrintResult(ToolInvocationEvent answered, JsonElement result)
    {
        if (answered.ToolName == CatalogTools.ListSchemaFields) console.Write(DataTables.Fields(result));
        if (!result.TryGetProperty("untrustedData", out var data)) return;
        if (_sql.TryGetValue(answered.ToolInvocationId, out var sql)) console.WriteLine(sql);
        console.Write(DataTables.Rows(data));
    }
}
