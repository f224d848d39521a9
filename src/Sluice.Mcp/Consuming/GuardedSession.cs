using System.Threading.Channels;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Sluice.Mcp.Consuming;

/// <summary>
/// Passes answers on, takes note of the two notifications that matter, in their order among the answers, and drops the others. A server that
/// asks, or tells, without end loses its connection.
/// </summary>
internal sealed class GuardedSession : ITransport
{
    private readonly ITransport _inner;
    private readonly ConnectionState _state;
    private readonly Channel<JsonRpcMessage> _messages = Channel.CreateUnbounded<JsonRpcMessage>(new() { SingleWriter = false, SingleReader = true });
    private readonly Task _passing;
    private int _openRequests;
    private int _notifications;

    public GuardedSession(ITransport inner, ConnectionState state)
    {
        (_inner, _state) = (inner, state);
        _passing = PassAsync();
    }

    public string? SessionId => _inner.SessionId;

    public ChannelReader<JsonRpcMessage> MessageReader => _messages.Reader;

    public async Task SendMessageAsync(JsonRpcMessage message, CancellationToken cancellationToken = default)
    {
        Volatile.Write(ref _notifications, 0);
        if (message is JsonRpcRequest { Method: RequestMethods.ServerDiscover } probe)
        {
            // Tools are pinned by the session that a handshake begins; revisions without one tell nobody that tools changed.
            _messages.Writer.TryWrite(new JsonRpcError { Id = probe.Id, Error = new() { Code = (int)McpErrorCode.MethodNotFound, Message = "Sessions only." } });
            return;
        }

        try
        {
            await _inner.SendMessageAsync(message, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (message is JsonRpcResponse or JsonRpcError) Interlocked.Decrement(ref _openRequests);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _inner.DisposeAsync().ConfigureAwait(false);
        await _passing.ConfigureAwait(false);
    }

    private async Task PassAsync()
    {
        Exception? failure = null;
        try
        {
            await foreach (var message in _inner.MessageReader.ReadAllAsync().ConfigureAwait(false))
            {
                if (IsForClient(message)) _messages.Writer.TryWrite(message);
                if (_state.IsOver) break;
            }
        }
        catch (Exception exception)
        {
            failure = exception;
        }

        _state.End();
        _messages.Writer.TryComplete(failure);
    }

    private bool IsForClient(JsonRpcMessage message)
    {
        if (message is JsonRpcNotification told)
        {
            Note(told);
            return false;
        }

        if (message is JsonRpcRequest && Interlocked.Increment(ref _openRequests) > ConsumingLimits.OpenRequests)
            _state.Refuse($"It asks more than {ConsumingLimits.OpenRequests} things without reading the answers.");
        return true;
    }

    private void Note(JsonRpcNotification told)
    {
        if (Interlocked.Increment(ref _notifications) > ConsumingLimits.Notifications)
            _state.Refuse($"It sends more than {ConsumingLimits.Notifications} notifications that nobody asked for.");
        else if (told.Method == NotificationMethods.ToolListChangedNotification)
            _state.ListChanged();
        else if (told.Method == NotificationMethods.ProgressNotification && ServerProgress.TryRead(told.Params, out var token, out var progress))
            _state.Progress(token, progress);
    }
}
