using System.Collections;
using Sluice.Mcp.Consuming;

namespace Sluice;

/// <summary>
/// A spec's MCP servers, connected: what <c>RuntimeOptions.McpServers</c> takes. Thread-safe. Disposing ends the connections and the programs
/// that were started; runtimes that use them are disposed before.
/// </summary>
/// <remarks>
/// The tools are those that the servers had when they were connected. A server that goes away is connected again by the next call. A tool whose
/// description or schema is another one then, or that is gone, refuses calls; a new tool is there after connecting anew.
/// </remarks>
public sealed class McpServers : IReadOnlyList<IToolkitProvider>, IAsyncDisposable
{
    private readonly IReadOnlyList<ConnectedServer> _servers;

    private McpServers(IReadOnlyList<ConnectedServer> servers) => _servers = servers;

    /// <summary>How many servers are connected.</summary>
    public int Count => _servers.Count;

    /// <summary>Tools that the servers offer and that no agent can have, each with the reason. The other tools can be used.</summary>
    public IReadOnlyList<SpecError> Problems => [.. _servers.SelectMany(server => server.Problems)];

    /// <summary>How the servers' tools differ from those they had at first, as far as it was seen: after a reconnect, or a notice of a change and a call.</summary>
    public IReadOnlyList<McpToolChange> Changes => [.. _servers.SelectMany(server => server.Changes)];

    /// <summary>One server.</summary>
    public IToolkitProvider this[int index] => _servers[index];

    /// <summary>Connects the servers that agents of the spec have, all at once, and reads their tools.</summary>
    /// <param name="spec">The spec.</param>
    /// <param name="options">The clock and the log. Default: the system's, and none.</param>
    /// <param name="cancellationToken">Stops connecting; what was started is ended.</param>
    /// <exception cref="SpecValidationException">
    /// The spec is invalid (<c>invalid_spec</c>), or servers can't be started, reached or understood (<c>mcp_server_unavailable</c>); all are listed.
    /// </exception>
    public static async Task<McpServers> ConnectAsync(RuntimeSpec spec, McpConnectionOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(spec);
        spec.EnsureValid();
        var used = spec.Agents.SelectMany(agent => agent.McpServers).ToHashSet(StringComparer.Ordinal);
        ConnectedServer[] servers =
            [.. spec.McpServers.Where(server => used.Contains(server.Name)).Select(server => new ConnectedServer(server, options ?? new()))];
        var connected = new McpServers(servers);
        try
        {
            var problems = await Task.WhenAll(servers.Select(server => server.TryConnectAsync(cancellationToken))).ConfigureAwait(false);
            SpecError[] found = [.. problems.OfType<SpecError>()];
            return found.Length == 0 ? connected : throw new SpecValidationException(found, ErrorCodes.McpServerUnavailable);
        }
        catch
        {
            await connected.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public IEnumerator<IToolkitProvider> GetEnumerator() => _servers.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() =>
        await Task.WhenAll(_servers.Select(server => server.DisposeAsync().AsTask())).ConfigureAwait(false);
}
