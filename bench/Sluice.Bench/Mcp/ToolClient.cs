using System.Diagnostics;
using System.IO.Pipelines;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Sluice.Bench.Mcp;

/// <summary>A client with the server it talks to.</summary>
internal sealed class ToolClient : IAsyncDisposable
{
    private static readonly McpClientOptions Options = new() { ProtocolVersion = "2025-11-25" };

    private readonly McpClient _client;
    private readonly Func<Task> _endServer;

    private ToolClient(McpClient client, Func<Task> endServer) => (_client, _endServer) = (client, endServer);

    public static async Task<ToolClient> OverStdioAsync(string kind)
    {
        var (program, arguments) = Program(ToolServer.Stdio, kind);
        return new(await McpClient.CreateAsync(new StdioClientTransport(new() { Command = program, Arguments = arguments }), Options), () => Task.CompletedTask);
    }

    public static async Task<ToolClient> OverHttpAsync(string kind)
    {
        var (program, arguments) = Program(ToolServer.Http, kind);
        var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true })!;
        var address = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The server of the MCP benchmark did not start.");
        return new(await McpClient.CreateAsync(new HttpClientTransport(new() { Endpoint = new(address), TransportMode = HttpTransportMode.StreamableHttp }), Options), async () =>
        {
            process.StandardInput.Close();
            await process.WaitForExitAsync();
            process.Dispose();
        });
    }

    /// <summary>Client and server in this process, so that what both cost can be measured.</summary>
    /// <param name="runtime">What is served; null: the SDK's server alone.</param>
    public static async Task<ToolClient> InMemoryAsync(SluiceRuntime? runtime)
    {
        var (toServer, toClient, stop) = (new Pipe(), new Pipe(), new CancellationTokenSource());
        var serving = ToolServer.ServeAsync(new StreamServerTransport(toServer.Reader.AsStream(), toClient.Writer.AsStream()), runtime, stop.Token);
        return new(await McpClient.CreateAsync(new StreamClientTransport(toServer.Writer.AsStream(), toClient.Reader.AsStream()), Options), async () =>
        {
            await stop.CancelAsync();
            await serving;
            stop.Dispose();
        });
    }

    /// <summary>Calls the tool so many times, some of them at once.</summary>
    public Task CallAsync(int calls, int atOnce) => Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => Task.Run(async () =>
    {
        for (var call = 0; call < calls / atOnce; call++)
        {
            var result = await _client.CallToolAsync(EchoTool.Name, EchoTool.Arguments);
            if (result.IsError == true || result.StructuredContent?.GetProperty("said").GetString() != "boots 3") throw new InvalidOperationException("The tool did not answer.");
        }
    })));

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        await _endServer();
    }

    private static (string Program, string[] Arguments) Program(string transport, string kind)
    {
        var program = Environment.ProcessPath!;
        string[] arguments = [ToolServer.Command, transport, kind];
        return (program, Path.GetFileNameWithoutExtension(program) == "dotnet" ? [typeof(ToolClient).Assembly.Location, .. arguments] : arguments);
    }
}
