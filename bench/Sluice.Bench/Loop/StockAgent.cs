using Microsoft.Extensions.AI;

namespace Sluice.Bench.Loop;

/// <summary>The same loop as a Sluice spec: one agent with one tool.</summary>
internal static class StockAgent
{
    private const string ShortPrompt = "You answer questions about stock.";

    public static SluiceRuntime Create(IChatClient client, ToolSpec tool, Action<RuntimeOptions>? configure = null, string prompt = ShortPrompt)
    {
        var agent = Define.Specialist("stock", "bench-model", prompt, tools: [tool], maxTurns: 1_000_000);
        var options = new RuntimeOptions { Interpreter = Interpreter.FromClient(client) };
        configure?.Invoke(options);
        return SluiceRuntime.Create(Define.Runtime(Define.Tenant("bench", "v1"), [agent]), options);
    }
}
