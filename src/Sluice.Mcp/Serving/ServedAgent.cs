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

    /// <summary>The SDK's options of one server. Servers do not share them.</summary>
    public McpServerOptions CreateServerOptions() => new()
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
            CallToolHandler = _tools.CallAsync,
            ListResourcesHandler = (_, _) => ValueTask.FromResult(new ListResourcesResult()),
            ListResourceTemplatesHandler = (_, _) => ValueTask.FromResult(_references.ListTemplates()),
            ReadResourceHandler = _references.ReadAsync,
        },
    };

    private static string OnlyAgent(RuntimeSpec spec) => spec.Agents is [var only] ? only.Name : throw new SluiceException(
        ErrorCodes.UnknownAgent,
        $"The spec has {spec.Agents.Count} agents. Name the one whose tools are to be served: {string.Join(", ", spec.Agents.Select(agent => agent.Name))}.");
}
