using ModelContextProtocol.Server;
using Sluice.Mcp.Serving;

namespace Sluice;

/// <summary>Serves an agent's tools over the Model Context Protocol.</summary>
public static class McpServingExtensions
{
    /// <summary>
    /// Serves over this process's standard input and output, until the client closes them; calls that run then are cancelled. Standard output is
    /// the protocol's: everything else that the process writes must go to standard error.
    /// </summary>
    /// <param name="runtime">Runs the calls. It stays open.</param>
    /// <param name="agent">The agent whose tools are served; null: the only agent.</param>
    /// <param name="options">How. Default: as <see cref="McpServingOptions"/> says.</param>
    /// <param name="cancellationToken">Stops serving; calls that run are cancelled.</param>
    /// <exception cref="SluiceException"><c>unknown_agent</c>: there is no such agent, or none is named and there are several.</exception>
    public static async Task ServeMcpStdioAsync(
        this IAgentRuntime runtime, string? agent = null, McpServingOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(runtime);
        options ??= new();
        var served = new ServedAgent(runtime, agent, options);
        var transport = new StdioServerTransport(ServedAgent.ServerName, options.LoggerFactory);
        await using (transport.ConfigureAwait(false)) await served.ServeAsync(transport, options.LoggerFactory, cancellationToken).ConfigureAwait(false);
    }
}
