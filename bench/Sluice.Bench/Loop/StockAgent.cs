using Microsoft.Extensions.AI;

namespace Sluice.Bench.Loop;

/// <summary>The same loop as a Sluice spec: one agent with one tool.</summary>
internal static class StockAgent
{
    public static SluiceRuntime Create(IChatClient client, ToolSpec tool, Action<RuntimeOptions>? configure = null)
    {
        var agent = Define.Specialist("stock", "bench-model", "You answer questions about stock.", tools: [tool], maxTurns: 1_000_000);
        var options = new RuntimeOptions { Interpreter = Interpreter.FromClient(client) };
        configure?.Invoke(options);
        return SluiceRuntime.Create(Define.Runtime(Define.Tenant("bench", "v1"), [agent]), options);
    }
}
