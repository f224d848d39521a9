using System.Text.Json;
using Sluice.Json;
using Spectre.Console;

namespace Inventory.Account;

/// <summary>Tells the exploration of a database while it happens.</summary>
internal sealed class ExplorationAccount(IAnsiConsole console, bool showEvents)
{
    private readonly Steps _steps = new(console);
    private readonly RunCounts _counts = new();
    private readonly Dictionary<string, JsonElement> _arguments = [];
    private readonly long _started = TimeProvider.System.GetTimestamp();

    /// <summary>Announces the run.</summary>
    public void Begin(string path, string request)
    {
        console.Write(new Rule("The request").LeftJustified());
        console.WriteLine($"{request} It is opened read-only: {path}");
        console.WriteLine("No model is called: a script answers in its place. The tools and their answers are real.");
        console.WriteLine();
    }

    /// <summary>Tells an event.</summary>
    public void Add(RuntimeEvent e)
    {
        _counts.Add(e);
        if (showEvents) console.Profile.Out.Writer.WriteLine(e.ToJson());
        if (e is ToolInvocationEvent { State: InvocationState.Call, Args: { } arguments } call)
            _arguments[call.ToolInvocationId] = arguments;
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
        switch (answered.ToolName)
        {
            case AnalystTools.ListTables:
                console.Write(DataTables.Tables(result.Deserialize<TableDescription[]>(SluiceJson.Options)!));
                break;
            case AnalystTools.DescribeTable:
                console.Write(DataTables.Columns(result.Deserialize<TableDetails>(SluiceJson.Options)!));
                break;
            case AnalystTools.SampleRows or AnalystTools.RunQuery:
                console.WriteLine(Asked(answered));
                console.Write(DataTables.Rows(result.Deserialize<QueryAnswer>(SluiceJson.Options)!));
                break;
        }
    }

    private string Asked(ToolInvocationEvent answered) =>
        _arguments.TryGetValue(answered.ToolInvocationId, out var arguments)
        && (arguments.TryGetProperty("sql", out var asked) || arguments.TryGetProperty("table", out asked))
            ? asked.GetString() ?? ""
            : "";
}
