using System.Text.Json;
using Sluice.Storage;

namespace Sluice.Bench.Evals;

/// <summary>One scripted agent with one tool, of ordinary arguments and results.</summary>
internal static class EvalDesk
{
    public const string Tool = "stock";

    private static readonly RuntimeSpec Spec = Define.Runtime(Define.Tenant("bench", "v1"), [Define.Specialist("clerk", "bench-model", "You count.", tools:
    [
        Define.Tool<StockQuestion>(
            Tool, "Counts stock.",
            (question, _) => Task.FromResult<object?>(new { question.Sku, question.Warehouse, count = 17, reserved = 3, unit = "pair", places = (string[])["A1", "B7"] }),
            effect: ToolEffect.ReadOnly),
    ])]);

    public static SluiceRuntime Open(IRuntimeStorage? storage) => SluiceRuntime.Create(Spec, new() { Interpreter = Interpreter.Scripted, Storage = storage });

    public static JsonElement Arguments(int index, int call) =>
        JsonSerializer.SerializeToElement(new { sku = $"boot-{index}-{call}", warehouse = "north", limit = 25, includeReserved = true });

    private sealed record StockQuestion(string Sku, string Warehouse, int Limit, bool IncludeReserved);
}
