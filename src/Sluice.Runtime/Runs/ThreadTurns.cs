namespace Sluice.Runtime.Runs;

/// <summary>Lets one run at a time onto a thread, in the order they came. All state is under one lock.</summary>
internal sealed class ThreadTurns
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Queue<TaskCompletionSource>?> _held = new(StringComparer.Ordinal);

    /// <summary>Whether a run holds the thread.</summary>
    public bool IsHeld(string threadId)
    {
        lock (_gate)
            return _held.ContainsKey(threadId);
    }

    /// <summary>Completes when it is the caller's turn. Every completed call is followed by one <see cref="Leave"/>.</summary>
    public async ValueTask EnterAsync(string threadId, CancellationToken cancellationToken)
    {
        TaskCompletionSource turn;
        lock (_gate)
        {
            if (_held.TryAdd(threadId, null)) return;
            turn = new(TaskCreationOptions.RunContinuationsAsynchronously);
            (_held[threadId] ??= new()).Enqueue(turn);
        }

        using var registration = cancellationToken.UnsafeRegister(
            static (state, token) => ((TaskCompletionSource)state!).TrySetCanceled(token), turn);
        await turn.Task.ConfigureAwait(false);
    }

    /// <summary>Gives the thread to the next in line that still wants it.</summary>
    public void Leave(string threadId)
    {
        lock (_gate)
        {
            var waiting = _held[threadId];
            while (waiting is not null && waiting.TryDequeue(out var next))
            {
                if (next.TrySetResult()) return;
            }

            _held.Remove(threadId);
        }
    }
}
