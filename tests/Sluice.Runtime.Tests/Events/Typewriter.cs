using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.AI;
using Sluice.Testing;

namespace Sluice.Runtime.Tests.Events;

/// <summary>A client whose answers come piece by piece, when the test types them.</summary>
internal sealed class Typewriter
{
    private readonly Channel<object?> _keys = Channel.CreateUnbounded<object?>();
    private readonly Channel<bool> _idle = Channel.CreateUnbounded<bool>();

    public Typewriter() => Client = new((_, _, cancellationToken) => TurnAsync(cancellationToken));

    public FunctionChatClient Client { get; }

    /// <summary>One update of the turn that is open.</summary>
    public void Type(params IReadOnlyList<AIContent> contents) => _keys.Writer.TryWrite(new ChatResponseUpdate(ChatRole.Assistant, [.. contents]));

    /// <summary>Ends the turn that is open.</summary>
    public void End() => _keys.Writer.TryWrite(null);

    public void Fail(Exception exception) => _keys.Writer.TryWrite(exception);

    /// <summary>Completes when everything typed so far was taken and more is asked for.</summary>
    public async Task WaitUntilReadAsync()
    {
        await _idle.Reader.ReadAsync();
        while (_keys.Reader.TryPeek(out _)) await _idle.Reader.ReadAsync();
    }

    private async IAsyncEnumerable<ChatResponseUpdate> TurnAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            if (!_keys.Reader.TryRead(out var key))
            {
                // Ending the wait on another thread lets the reader see that nothing is there yet.
                var next = _keys.Reader.WaitToReadAsync(cancellationToken).AsTask();
                _idle.Writer.TryWrite(true);
                await next;
                continue;
            }

            await Task.Yield();
            if (key is Exception failure) throw failure;
            if (key is null) yield break;
            yield return (ChatResponseUpdate)key;
        }
    }
}
