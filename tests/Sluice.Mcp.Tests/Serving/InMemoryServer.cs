using System.IO.Pipelines;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Sluice.Mcp.Serving;
using Server = ModelContextProtocol.Server.McpServer;

namespace Sluice.Mcp.Tests.Serving;

/// <summary>A server and the C# SDK's client, joined by pipes.</summary>
internal sealed class InMemoryServer : IAsyncDisposable
{
    private readonly Server _server;
    private readonly Task _running;
    private readonly CancellationTokenSource _stop;

    private InMemoryServer(Server server, Task running, SluiceRuntime runtime, McpClient client, CancellationTokenSource stop) =>
        (_server, _running, Runtime, Client, _stop) = (server, running, runtime, client, stop);

    public SluiceRuntime Runtime { get; }

    public McpClient Client { get; }

    public static async Task<InMemoryServer> StartAsync(McpServingOptions options, ToolSpec tool, McpClientHandlers? handlers = null)
    {
        var runtime = McpServing.CreateRuntime([tool]);
        var (toServer, toClient) = (new Pipe(), new Pipe());
        var transport = new StreamServerTransport(toServer.Reader.AsStream(), toClient.Writer.AsStream());
        var server = Server.Create(transport, new ServedAgent(runtime, null, options).CreateServerOptions());
        var stop = new CancellationTokenSource();
        var running = server.RunAsync(stop.Token);
        var client = await McpClient.CreateAsync(
            new StreamClientTransport(toServer.Writer.AsStream(), toClient.Reader.AsStream()), new() { ProtocolVersion = "2025-11-25", Handlers = handlers ?? new(), ClientInfo = new() { Name = "ana", Version = "1" } });
        return new(server, running, runtime, client, stop);
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _server.DisposeAsync();
        await Runtime.DisposeAsync();
        _stop.Dispose();
    }
}
