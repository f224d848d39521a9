using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Sluice.Mcp.Consuming;

/// <summary>One session with a server. It ends once and is not taken up again: whoever needs another opens one.</summary>
internal sealed class Connection : IAsyncDisposable
{
    private readonly McpServerSpec _server;
    private readonly ConnectionState _state;
    private readonly McpClient _client;
    private readonly IAsyncDisposable _place;

    private Connection(McpServerSpec server, ConnectionState state, McpClient client, IAsyncDisposable place) =>
        (_server, _state, _client, _place) = (server, state, client, place);

    public bool IsAlive => !_state.IsOver && !_client.Completion.IsCompleted;

    /// <summary>How often the server has said that its tools changed.</summary>
    public int ListVersion => _state.ListVersion;

    /// <summary>Whether the server has tools at all.</summary>
    public bool HasTools => _client.ServerCapabilities.Tools is not null;

    /// <summary>Starts the program, or reaches the address, and begins a session. No capability is offered: the server may ask for nothing.</summary>
    /// <exception cref="SluiceException"><c>mcp_server_unavailable</c>.</exception>
    public static async Task<Connection> OpenAsync(McpServerSpec server, CancellationToken cancellationToken)
    {
        var state = new ConnectionState();
        IAsyncDisposable? place = null;
        try
        {
            place = server.Command is null ? ServerAddress.CreateTransport(server, state) : ServerProcess.Start(server);
            var transport = (place as ServerProcess)?.CreateTransport(state) ?? (IClientTransport)place;
            var options = new McpClientOptions
            {
                ClientInfo = new() { Name = "sluice", Version = typeof(Connection).Assembly.GetName().Version!.ToString(3) },
                // The caller's token limits the whole.
                InitializationTimeout = Timeout.InfiniteTimeSpan,
            };
            var connecting = McpClient.CreateAsync(new GuardedTransport(transport, state), options, cancellationToken: cancellationToken);
            // The client ends a session that failed as politely as one that worked, and a server may leave that unanswered.
            return new(server, state, await connecting.WaitAsync(cancellationToken).ConfigureAwait(false), place);
        }
        catch (Exception exception)
        {
            var failure = exception is OperationCanceledException ? null : await ToFailureAsync(server, state, place, exception).ConfigureAwait(false);
            if (place is not null) await place.DisposeAsync().ConfigureAwait(false);
            if (failure is null) throw;
            throw failure;
        }
    }

    /// <summary>Sends a request and waits for its result.</summary>
    /// <param name="method">The method.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="cancellationToken">Stops waiting, and tells the server so.</param>
    /// <exception cref="McpProtocolException">The server answers with an error.</exception>
    /// <exception cref="SluiceException"><c>mcp_server_unavailable</c>: the connection ended before the answer, and is not to be used again.</exception>
    public async Task<JsonElement> RequestAsync(string method, JsonObject parameters, CancellationToken cancellationToken)
    {
        try
        {
            var request = new JsonRpcRequest { Method = method, Params = parameters };
            var response = await _client.SendRequestAsync(request, cancellationToken).ConfigureAwait(false);
            return JsonElement.Parse(response.Result?.ToJsonString() ?? "null");
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or McpProtocolException) || !IsAlive)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _state.End();
            throw await ToFailureAsync(_server, _state, _place, exception).ConfigureAwait(false);
        }
    }

    /// <summary>Calls back with every progress that the server reports under the token that is returned.</summary>
    public string Follow(Action<ServerProgress> onProgress) => _state.Follow(onProgress);

    public void Unfollow(string token) => _state.Unfollow(token);

    public async ValueTask DisposeAsync()
    {
        _state.End();
        // A server must not hold up whoever leaves it.
        await _client.DisposeAsync().AsTask().WaitAsync(ConsumingLimits.Grace).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _place.DisposeAsync().ConfigureAwait(false);
    }

    private static async ValueTask<SluiceException> ToFailureAsync(McpServerSpec server, ConnectionState state, IAsyncDisposable? place, Exception exception)
    {
        if (exception is SluiceException told) return told;
        var ended = place is ServerProcess process && state.Violation is null ? await process.DescribeEndAsync().ConfigureAwait(false) : null;
        var reason = state.Violation ?? ended ?? ServerText.Line(exception.Message, ConsumingLimits.ErrorLength);
        return new(ErrorCodes.McpServerUnavailable, $"The MCP server '{server.Name}' is not available. {reason}", exception);
    }
}
