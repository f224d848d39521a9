using Sluice.Bench.Measuring;

namespace Sluice.Bench.Mcp;

/// <summary>What a tool call over MCP costs, and how much of that is the run it becomes.</summary>
internal static class McpBenchmark
{
    private const int CallsOfABlock = 200;
    private const int Pairs = 100;

    public static async Task RunAsync()
    {
        Table.Title("MCP: one call of a tool that echoes its arguments", "the same tool on the SDK's server alone: no schema check, gate, limit or journal");
        foreach (var atOnce in (int[])[1, 8])
        {
            Whole($"in memory, {atOnce} at a time", await InMemoryAsync(atOnce));
            Whole($"the run alone, {atOnce} at a time", await RunAloneAsync(atOnce));
            Divided($"stdio, {atOnce} at a time", await BetweenProcessesAsync(ToolClient.OverStdioAsync, atOnce));
            Divided($"HTTP, {atOnce} at a time", await BetweenProcessesAsync(ToolClient.OverHttpAsync, atOnce));
        }
    }

    private static void Whole(string what, Alternation costs)
    {
        Elapsed(what, costs);
        Table.Row($"{what}, CPU ns", costs.Floor.CpuNanoseconds, costs.Subject.CpuNanoseconds, costs.Ratio.CpuNanoseconds);
        Table.Row($"{what}, bytes", costs.Floor.Bytes, costs.Subject.Bytes, costs.Ratio.Bytes);
    }

    private static void Divided(string what, Alternation costs)
    {
        Elapsed(what, costs);
        Table.Row($"{what}, client CPU ns", costs.Floor.CpuNanoseconds, costs.Subject.CpuNanoseconds, costs.Ratio.CpuNanoseconds);
        Table.Row($"{what}, server CPU ns", costs.Server.Floor, costs.Server.Subject);
    }

    private static void Elapsed(string what, Alternation costs) =>
        Table.Row($"{what}, elapsed ns", costs.Floor.ElapsedNanoseconds, costs.Subject.ElapsedNanoseconds, costs.Ratio.ElapsedNanoseconds);

    private static async Task<Alternation> InMemoryAsync(int atOnce)
    {
        await using var runtime = EchoTool.CreateRuntime();
        await using var bare = await ToolClient.InMemoryAsync(null);
        await using var subject = await ToolClient.InMemoryAsync(runtime);
        return await CompareAsync(Calling(bare, atOnce), Calling(subject, atOnce));
    }

    /// <summary>The same call without the protocol, beside a whole call on the SDK's server.</summary>
    private static async Task<Alternation> RunAloneAsync(int atOnce)
    {
        await using var runtime = EchoTool.CreateRuntime();
        await using var bare = await ToolClient.InMemoryAsync(null);
        return await CompareAsync(Calling(bare, atOnce), new(() => EchoTool.RunAsync(runtime, CallsOfABlock, atOnce), () => TimeSpan.Zero));
    }

    private static async Task<Alternation> BetweenProcessesAsync(Func<string, Task<ToolClient>> connect, int atOnce)
    {
        await using var bare = await connect(ToolServer.Bare);
        await using var subject = await connect(ToolServer.Sluice);
        return await CompareAsync(Calling(bare, atOnce), Calling(subject, atOnce));
    }

    private static Contender Calling(ToolClient client, int atOnce) => new(() => client.CallAsync(CallsOfABlock, atOnce), () => client.ServerCpu);

    private static Task<Alternation> CompareAsync(Contender floor, Contender subject) => Alternation.RunAsync(floor, subject, CallsOfABlock, Pairs);
}
