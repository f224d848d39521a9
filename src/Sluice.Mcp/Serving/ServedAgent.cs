using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Sluice.Mcp.Serving;

/// <summary>What every server of one agent offers, whatever carries its messages.</summary>
internal sealed class ServedAgent
{
    public const string ServerName = "sluice";

    private readonly string _agent;
    private readonly ServedTools _tools;
    private readonly ServedReferences _references;

    /// <summary>Finds out what there is to serve.</summary>
    /// <exception cref="SluiceException"><c>unknown_agent</c>: there is no such agent, or none is named and there are several.</exception>
    public ServedAgent(IAgentRuntime runtime, string? agent, McpServingOptions options)
    {
        _agent = agent ?? OnlyAgent(runtime.Spec);
        _tools = new(runtime, _agent, options.Approvals);
        _references = new(runtime, options.ReferenceValues);
    }

    /// <summary>Serves one client, until its connection or the token ends. Calls that run then are cancelled and recorded as such before this completes.</summary>
    public async Task ServeAsync(ITransport transport, ILoggerFactory loggerFactory, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var server = McpServer.Create(transport, CreateServerOptions(over.Token), loggerFactory);
        await using (server.ConfigureAwait(false))
        {
            var running = server.RunAsync(cancellationToken);
            // Where a connection ends, the SDK lets calls run on and waits for them.
            await Task.WhenAny(running, transport.MessageReader.Completion).ConfigureAwait(false);
            await over.CancelAsync().ConfigureAwait(false);
            await running.ConfigureAwait(false);
        }
    }

    private McpServerOptions CreateServerOptions(CancellationToken over)
    {
        var options = new McpServerOptions
        {
            ServerInfo = new()
            {
                Name = ServerName,
                Title = $"Sluice: {_agent}",
                Version = typeof(ServedAgent).Assembly.GetName().Version!.ToString(3),
            },
            Capabilities = new() { Tools = new(), Resources = new() },
            Handlers = new()
            {
                ListToolsHandler = (_, _) => ValueTask.FromResult(_tools.List()),
                CallToolHandler = (request, cancellationToken) => _tools.CallAsync(request, over, cancellationToken),
                ListResourcesHandler = (_, _) => ValueTask.FromResult(new ListResourcesResult()),
                ListResourceTemplatesHandler = (_, _) => ValueTask.FromResult(_references.ListTemplates()),
                ReadResourceHandler = _references.ReadAsync,
            },
        };
        ProtocolVersions.Restrict(options);
        return options;
    }

    private static string OnlyAgent(RuntimeSpec spec) => spec.Agents is [var only] ? only.Name : throw new SluiceException(
        ErrorCodes.UnknownAgent,
        $"The spec has {spec.Agents.Count} agents. Name the one whose tools are to be served: {string.Join(", ", spec.Agents.Select(agent => agent.Name))}.");
}
