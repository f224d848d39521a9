using System.Text.Json;
using Spectre.Console;

namespace Inventory.Account;

/// <summary>Tells what an agent does with the catalog tools: its steps, and what it saw of the data.</summary>
internal sealed class CatalogAccount(IAnsiConsole console, bool showEvents)
{
    private const int MaxSql = 2000;

    private readonly Steps _steps = new(console);
    private readonly RunCounts _counts = new();
    private readonly Dictionary<string, string> _sql = [];
    private readonly List<string> _queryHashes = [];
    private readonly long _started = TimeProvider.System.GetTimestamp();

    /// <summary>The hashes of the queries that gave rows.</summary>
    public IReadOnlyList<string> QueryHashes => _queryHashes;

    /// <summary>Tells an event.</summary>
    public void Add(RuntimeEvent e)
    {
        _counts.Add(e);
        if (showEvents) console.Profile.Out.Writer.WriteLine(e.ToJson());
        if (e is ToolInvocationEvent { State: InvocationState.Call, Args: { ValueKind: JsonValueKind.Object } arguments } call && arguments.TryGetProperty("sql", out var sql))
            _sql[call.ToolInvocationId] = sql.ToString();
        _steps.Print(e);
        if (e is ToolInvocationEvent { Result: { ValueKind: JsonValueKind.Object } result } answered) PrintResult(answered, result);
    }

    /// <summary>What happened, in numbers.</summary>
    public override string ToString() => $"{_counts} in {TimeProvider.System.GetElapsedTime(_started).TotalSeconds:0.00} s";

    private void PrintResult(ToolInvocationEvent answered, JsonElement result)
    {
        if (answered.ToolName == CatalogTools.ListSchemaFields) console.Write(DataTables.Fields(result));
        if (answered.ToolName == CatalogTools.GetCatalogEntities) console.Write(DataTables.Entities(result));
        if (_sql.TryGetValue(answered.ToolInvocationId, out var sql)) console.WriteLine(sql.Length <= MaxSql ? sql : $"{sql[..MaxSql]}…");
        if (result.TryGetProperty("queryHash", out var hash)) _queryHashes.Add(hash.ToString());
        if (answered.ToolName is CatalogTools.SampleTableData or CatalogTools.ExecuteQuery && result.TryGetProperty("untrustedData", out var data))
            console.Write(DataTables.Rows(data));
    }
}
