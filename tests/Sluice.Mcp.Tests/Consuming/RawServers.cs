using System.Text.Json;

namespace Sluice.Mcp.Tests.Consuming;

/// <summary>A runtime whose one agent has the tools of one badly behaved server.</summary>
internal sealed class RawServers : IAsyncDisposable
{
    public const string Agent = "clerk";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private RawServers(McpServers servers, SluiceRuntime runtime) => (Servers, Runtime) = (servers, runtime);

    public McpServers Servers { get; }

    public SluiceRuntime Runtime { get; }

    /// <summary>A server that does this wrong, and leaves a line per call in the file.</summary>
    public static McpServerSpec Server(string behaviour, string? journal = null) => Define.McpServer(
        "raw", command: "dotnet", arguments: journal is null ? [Program, "raw", behaviour] : [Program, "raw", behaviour, journal]);

    public static RuntimeSpec Spec(McpServerSpec server, IReadOnlyDictionary<string, ApprovalPolicy>? toolApprovals = null) => Define.Runtime(
        Define.Tenant("mcp-tests", "v1"),
        [Define.Specialist(Agent, "no-model", "You keep the books.", toolApprovals: toolApprovals?.ToDictionary(), mcpServers: [server.Name])],
        mcpServers: [server]);

    public static async Task<RawServers> StartAsync(RuntimeSpec spec, McpConnectionOptions? options = null)
    {
        var servers = await ConnectAsync(spec, options);
        try
        {
            return new(servers, SluiceRuntime.Create(spec, new() { Interpreter = Interpreter.Scripted, McpServers = servers }));
        }
        catch
        {
            await servers.DisposeAsync();
            throw;
        }
    }

    public static Task<RawServers> StartAsync(string behaviour, string? journal = null) => StartAsync(Spec(Server(behaviour, journal)));

    public static Task<McpServers> ConnectAsync(RuntimeSpec spec, McpConnectionOptions? options = null) =>
        McpServers.ConnectAsync(spec, options).WaitAsync(Patience);

    /// <summary>Calls a tool by its prefixed name, and returns every event.</summary>
    public async Task<IReadOnlyList<RuntimeEvent>> CallAsync(string tool, string arguments = "{}")
    {
        using var timer = new CancellationTokenSource(Patience);
        var events = new List<RuntimeEvent>();
        var request = new ToolCallRequest { Agent = Agent, Tool = tool, Arguments = JsonElement.Parse(arguments) };
        await foreach (var runtimeEvent in Runtime.CallToolAsync(request, timer.Token)) events.Add(runtimeEvent);
        timer.IsCancellationRequested.ShouldBeFalse($"'{tool}' did not end within {Patience}.");
        return events;
    }

    public async Task<ToolInvocationEvent> ResultAsync(string tool, string arguments = "{}") => ResultOf(await CallAsync(tool, arguments));

    public static ToolInvocationEvent ResultOf(IEnumerable<RuntimeEvent> events) =>
        events.OfType<ToolInvocationEvent>().Last(invocation => invocation.State == InvocationState.Result);

    public async ValueTask DisposeAsync()
    {
        await Runtime.DisposeAsync();
        await Servers.DisposeAsync();
    }

    private static string Program => typeof(McpServer.Tools).Assembly.Location;
}
