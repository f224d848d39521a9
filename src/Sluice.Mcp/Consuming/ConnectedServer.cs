using System.Collections.Frozen;
using Microsoft.Extensions.Logging;

namespace Sluice.Mcp.Consuming;

/// <summary>
/// A server and the tools it had when it was connected first. Every call goes over the connection of the moment, after that one's tools were
/// compared with those.
/// </summary>
internal sealed partial class ConnectedServer : IToolkitProvider, IAsyncDisposable
{
    private readonly McpServerSpec _server;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private volatile Session? _session;
    private FrozenDictionary<string, OfferedTool>? _pinned;
    private volatile IReadOnlyList<McpToolChange> _changes = [];
    private volatile bool _isDisposed;

    public ConnectedServer(McpServerSpec server, McpConnectionOptions options)
    {
        (_server, _time) = (server, options.TimeProvider);
        _logger = options.LoggerFactory.CreateLogger("Sluice.Mcp");
    }

    public string Id => _server.Name;

    public string? TenantId => null;

    public IReadOnlyList<ReferenceSpec> References => [];

    public IReadOnlyList<SpecError> Problems { get; private set; } = [];

    public IReadOnlyList<McpToolChange> Changes => _changes;

    /// <summary>Connects for the first time.</summary>
    /// <returns>What keeps the server from being used; null: nothing.</returns>
    public async Task<SpecError?> TryConnectAsync(CancellationToken cancellationToken)
    {
        try
        {
            _session = await OpenAsync(cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (SluiceException exception)
        {
            return new(exception.Code, $"mcpServers[{_server.Name}]", exception.Message);
        }
    }

    public IReadOnlyList<ToolSpec> CreateTools(ToolkitSpec? config, ICollection<SpecError> problems) =>
        [.. (_pinned ?? throw new InvalidOperationException("The server was never connected.")).Values.Select(tool => new ToolSpec
        {
            Name = _server.Prefix + tool.Name,
            Description = $"(MCP server \"{_server.Name}\") {tool.Description}",
            InputSchema = tool.InputSchema,
            Effect = tool.Effect,
            Handler = new ServerTool(this, tool.Name),
        })];

    /// <summary>A connection over which the tool is the one that was pinned.</summary>
    /// <exception cref="SluiceException"><c>mcp_server_unavailable</c>, <c>tool_changed</c> or <c>tool_unavailable</c>.</exception>
    public async ValueTask<Connection> ConnectForAsync(string tool, CancellationToken cancellationToken)
    {
        var session = _session is { IsCurrent: true } current ? current : await RenewAsync(cancellationToken).ConfigureAwait(false);
        return session.Tools.GetValueOrDefault(tool) switch
        {
            null => throw new SluiceException(
                ErrorCodes.ToolUnavailable, $"The MCP server '{_server.Name}' no longer has the tool '{tool}'. Connect anew to use what it has now."),
            var offered when offered.Digest != _pinned![tool].Digest => throw new SluiceException(
                ErrorCodes.ToolChanged,
                $"The MCP server '{_server.Name}' describes the tool '{tool}' in another way than when it was connected. Connect anew to use it as it is now."),
            _ => session.Connection,
        };
    }

    public async ValueTask DisposeAsync()
    {
        _isDisposed = true;
        await _gate.WaitAsync().ConfigureAwait(false);
        try
        {
            if (_session is { } session) await session.Connection.DisposeAsync().ConfigureAwait(false);
            _session = null;
        }
        finally
        {
            _gate.Release();
        }
    }

    private async ValueTask<Session> RenewAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_session is { IsCurrent: true } renewed) return renewed;
            if (_session is { Connection.IsAlive: true } live) return _session = await ListAsync(live.Connection, cancellationToken).ConfigureAwait(false);
            if (_session is { } dead) await dead.Connection.DisposeAsync().ConfigureAwait(false);
            _session = null;
            return _session = await ReopenAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    private async ValueTask<Session> ReopenAsync(CancellationToken cancellationToken)
    {
        for (var (attempt, pause) = (1, ConsumingLimits.FirstPause); ; attempt++, pause *= 4)
        {
            if (_isDisposed) throw new SluiceException(ErrorCodes.McpServerUnavailable, $"The connection to the MCP server '{_server.Name}' was disposed.");
            try
            {
                return await OpenAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (SluiceException exception) when (attempt < ConsumingLimits.Attempts)
            {
                LogNotConnected(_server.Name, attempt, exception.Message);
                await Task.Delay(pause, _time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async ValueTask<Session> OpenAsync(CancellationToken cancellationToken)
    {
        var timeout = _server.ConnectTimeout ?? McpServerSpec.DefaultConnectTimeout;
        using var timer = new CancellationTokenSource(timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        Connection? connection = null;
        try
        {
            connection = await Connection.OpenAsync(_server, either.Token).ConfigureAwait(false);
            return await ListAsync(connection, either.Token).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            if (connection is not null) await connection.DisposeAsync().ConfigureAwait(false);
            if (exception is OperationCanceledException && timer.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
                throw new SluiceException(
                    ErrorCodes.McpServerUnavailable, $"The MCP server '{_server.Name}' did not answer within {timeout.TotalSeconds:0.###} seconds.", exception);
            throw;
        }
    }

    private async ValueTask<Session> ListAsync(Connection connection, CancellationToken cancellationToken)
    {
        // A change that is told while the list is read makes it an old one.
        var version = connection.ListVersion;
        Dictionary<string, OfferedTool> tools;
        var problems = new List<SpecError>();
        try
        {
            tools = OfferedTools.Read(_server, await ToolList.ReadAsync(_server, connection, cancellationToken).ConfigureAwait(false), problems);
        }
        catch (ModelContextProtocol.McpProtocolException exception)
        {
            throw new SluiceException(
                ErrorCodes.McpServerUnavailable,
                $"The MCP server '{_server.Name}' does not list its tools: {ServerText.Line(exception.Message, ConsumingLimits.ErrorLength)}", exception);
        }

        if (_pinned is null) Pin(tools, problems);
        else Compare(tools);
        return new(connection, tools, version);
    }

    private void Pin(Dictionary<string, OfferedTool> tools, List<SpecError> problems)
    {
        (_pinned, Problems) = (tools.ToFrozenDictionary(StringComparer.Ordinal), problems);
        foreach (var problem in problems) LogUnavailable(problem.Path, problem.Message);
    }

    private void Compare(Dictionary<string, OfferedTool> tools)
    {
        var changes = new List<McpToolChange>();
        foreach (var name in _pinned!.Keys.Union(tools.Keys, StringComparer.Ordinal))
        {
            if (KindOf(_pinned.GetValueOrDefault(name), tools.GetValueOrDefault(name)) is { } kind) changes.Add(new(_server.Name, name, kind));
        }

        foreach (var change in changes.Except(_changes)) LogChanged(change.Server, change.Tool, change.Kind);
        _changes = changes;
    }

    private static McpToolChangeKind? KindOf(OfferedTool? pinned, OfferedTool? now) => (pinned, now) switch
    {
        (null, _) => McpToolChangeKind.Added,
        (_, null) => McpToolChangeKind.Removed,
        _ => pinned.Digest == now.Digest ? null : McpToolChangeKind.Changed,
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Path} is not available: {Problem}")]
    private partial void LogUnavailable(string path, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "MCP server {Server} could not be connected again, attempt {Attempt}: {Problem}")]
    private partial void LogNotConnected(string server, int attempt, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "MCP server {Server} changed its tool {Tool}: {Change}")]
    private partial void LogChanged(string server, string tool, McpToolChangeKind change);

    /// <summary>A connection, and the tools it had when they were last read.</summary>
    private sealed record Session(Connection Connection, Dictionary<string, OfferedTool> Tools, int ListVersion)
    {
        public bool IsCurrent => Connection.IsAlive && Connection.ListVersion == ListVersion;
    }
}
