using Sluice.Bench.Measuring;

namespace Sluice.Bench.Mcp;

/// <summary>What a tool call over MCP costs, and how much of that is the run it becomes.</summary>
internal static class McpBenchmark
{
    private const int CallsOfARound = 1000;

    public static async Task RunAsync()
    {
        Table.Title("MCP: one call of a tool that echoes its arguments", "the same tool on the SDK's server alone: no schema check, gate, limit or journal");
        foreach (var atOnce in (int[])[1, 8])
        {
            Table.Costs($"in memory, {atOnce} at a time", await InMemoryAsync(atOnce));
            Table.Costs($"the run alone, {atOnce} at a time", await RunAloneAsync(atOnce));
            Elapsed($"stdio, {atOnce} at a time", await BetweenProcessesAsync(ToolClient.OverStdioAsync, atOnce));
            Elapsed($"HTTP, {atOnce} at a time", await BetweenProcessesAsync(ToolClient.OverHttpAsync, atOnce));
        }
    }

    /// <summary>The CPU is that of both processes and of the system between them, and ours would be only the client's.</summary>
    private static void Elapsed(string what, Comparison costs) =>
        Table.Row($"{what}, elapsed ns", costs.Floor.ElapsedNanoseconds, costs.Subject.ElapsedNanoseconds);

    private static async Task<Comparison> InMemoryAsync(int atOnce)
    {
        await using var runtime = EchoTool.CreateRuntime();
        await using var bare = await ToolClient.InMemoryAsync(null);
        await using var subject = await ToolClient.InMemoryAsync(runtime);
        return await Comparison.RunAsync(() => bare.CallAsync(CallsOfARound, atOnce), () => subject.CallAsync(CallsOfARound, atOnce), CallsOfARound);
    }

    /// <summary>The same call without the protocol, beside a whole call on the SDK's server.</summary>
    private static async Task<Comparison> RunAloneAsync(int atOnce)
    {
        await using var runtime = EchoTool.CreateRuntime();
        await using var bare = await ToolClient.InMemoryAsync(null);
        return await Comparison.RunAsync(() => bare.CallAsync(CallsOfARound, atOnce), () => EchoTool.RunAsync(runtime, CallsOfARound, atOnce), CallsOfARound);
    }

    private static async Task<Comparison> BetweenProcessesAsync(Func<string, Task<ToolClient>> connect, int atOnce)
    {
        await using var bare = await connect(ToolServer.Bare);
        await using var subject = await connect(ToolServer.Sluice);
        return await Comparison.RunAsync(() => bare.CallAsync(CallsOfARound, atOnce), () => subject.CallAsync(CallsOfARound, atOnce), CallsOfARound);
    }
}
