using System.IO.Pipelines;
using Microsoft.Extensions.Logging.Abstractions;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Sluice.Mcp.Serving;

namespace Sluice.Mcp.Tests.Serving;

/// <summary>A server that is reached through pipes.</summary>
internal sealed class InMemoryServer : IAsyncDisposable
{
    private readonly Pipe _toServer = new();
    private readonly Pipe _toClient = new();
    private readonly CancellationTokenSource _stop = new();

    public InMemoryServer(McpServingOptions options, ToolSpec tool) : this(options, McpServing.CreateRuntime([tool]))
    {
    }

    public InMemoryServer(McpServingOptions options, SluiceRuntime runtime)
    {
        Runtime = runtime;
        var transport = new StreamServerTransport(_toServer.Reader.AsStream(), _toClient.Writer.AsStream());
        Serving = new ServedAgent(Runtime, null, options).ServeAsync(transport, NullLoggerFactory.Instance, _stop.Token);
    }

    public SluiceRuntime Runtime { get; }

    /// <summary>Completes when the server is done with its client.</summary>
    public Task Serving { get; }

    /// <summary>Connects a client that is used instead of the SDK's.</summary>
    public RawConnection Connect() => new(_toServer.Writer.AsStream(), new StreamReader(_toClient.Reader.AsStream()));

    /// <summary>Connects the SDK's client. Without a version it tries the newest that it knows, as it does for its users.</summary>
    public Task<McpClient> ConnectAsync(McpClientHandlers? handlers = null, string? version = null) => McpClient.CreateAsync(
        new StreamClientTransport(_toServer.Writer.AsStream(), _toClient.Reader.AsStream()),
        new() { ProtocolVersion = version, Handlers = handlers ?? new(), ClientInfo = new() { Name = "ana", Version = "1" } });

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Serving.WaitAsync(TimeSpan.FromMinutes(1));
        await Runtime.DisposeAsync();
        _stop.Dispose();
    }
}
