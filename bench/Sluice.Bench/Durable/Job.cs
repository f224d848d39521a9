using Sluice.Bench.Loop;

namespace Sluice.Bench.Durable;

/// <summary>What the runs of a benchmark do.</summary>
internal sealed record Job(string Name, string SystemPrompt, string? Thought, ToolSpec Tool)
{
    /// <summary>The turn of the loop benchmark: a call and a result of a hundred bytes each.</summary>
    public static Job Small { get; } = new("small", "You answer questions about stock.", null, StockTool.Spec(ToolEffect.ReadOnly));

    /// <summary>A turn as data agents have it: instructions, a thought before the call, and a table of 3 kB as its result.</summary>
    public static Job Realistic { get; } = new(
        "realistic",
        string.Concat(Enumerable.Repeat("You answer questions about stock. Read the levels before you advise, and name the warehouse you speak of. ", 20)),
        "The north warehouse holds most of it; I look up what is reserved there before I say how much can be promised.",
        TableOf(24));

    /// <summary>A turn that says 1.5 kB: two hundred of them are 0.3 MB.</summary>
    public static Job Long { get; } = Realistic with { Name = "long", Tool = TableOf(9) };

    public SluiceRuntime CreateRuntime(int turns, Action<RuntimeOptions> configure, bool answersLater = false) =>
        StockAgent.Create(new ScriptedModel(turns, answersLater, Thought), Tool, configure, SystemPrompt);

    private static ToolSpec TableOf(int rows) => Define.Tool<StockQuery, StockTable>(
        StockTool.Name, StockTool.Description,
        (query, _) => Task.FromResult(new StockTable([.. Enumerable.Range(0, rows).Select(row => RowOf(query, row))])),
        effect: ToolEffect.ReadOnly);

    private static StockRow RowOf(StockQuery query, int row) =>
        new($"{query.Sku}-{row:000}", $"Walking boot, size {36 + row}, waxed", query.Warehouse, 7 * row, row, 19.95m + row);

    private sealed record StockRow(string Sku, string Name, string Warehouse, int OnHand, int Reserved, decimal UnitPrice);

    private sealed record StockTable(IReadOnlyList<StockRow> Rows);
}
