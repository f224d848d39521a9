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
    private readonly Process? _server;
    private readonly Func<Task> _endServer;

    private ToolClient(McpClient client, Process? server, Func<Task> endServer) => (_client, _server, _endServer) = (client, server, endServer);

    /// <summary>The CPU that the server's process has used so far; zero when it is this one.</summary>
    public TimeSpan ServerCpu => _server?.TotalProcessorTime ?? TimeSpan.Zero;

    public static async Task<ToolClient> OverStdioAsync(string kind)
    {
        var server = Start(ToolServer.Stdio, kind);
        var transport = new StreamClientTransport(server.StandardInput.BaseStream, server.StandardOutput.BaseStream);
        return new(await McpClient.CreateAsync(transport, Options), server, () => EndAsync(server));
    }

    public static async Task<ToolClient> OverHttpAsync(string kind)
    {
        var server = Start(ToolServer.Http, kind);
        var address = await server.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The server of the MCP benchmark did not start.");
        var transport = new HttpClientTransport(new() { Endpoint = new(address), TransportMode = HttpTransportMode.StreamableHttp });
        return new(await McpClient.CreateAsync(transport, Options), server, () => EndAsync(server));
    }

    /// <summary>Client and server in this process, so that what both cost can be measured.</summary>
    /// <param name="runtime">What is served; null: the SDK's server alone.</param>
    public static async Task<ToolClient> InMemoryAsync(SluiceRuntime? runtime)
    {
        var (toServer, toClient, stop) = (new Pipe(), new Pipe(), new CancellationTokenSource());
        var serving = ToolServer.ServeAsync(new StreamServerTransport(toServer.Reader.AsStream(), toClient.Writer.AsStream()), runtime, stop.Token);
        return new(await McpClient.CreateAsync(new StreamClientTransport(toServer.Writer.AsStream(), toClient.Reader.AsStream()), Options), null, async () =>
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

    private static Process Start(string transport, string kind)
    {
        var program = Environment.ProcessPath!;
        string[] arguments = [ToolServer.Command, transport, kind];
        if (Path.GetFileNameWithoutExtension(program) == "dotnet") arguments = [typeof(ToolClient).Assembly.Location, .. arguments];
        return Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true })!;
    }

    private static async Task EndAsync(Process server)
    {
        server.StandardInput.Close();
        await server.WaitForExitAsync();
        server.Dispose();
    }
}
