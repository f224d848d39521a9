namespace Sluice.Runtime.Runs;

/// <summary>Lets one run at a time onto a thread, in the order they came. All state is under one lock.</summary>
internal sealed class ThreadTurns
{
    private static readonly TaskCompletionSource AtOnce = Completed();

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Queue<TaskCompletionSource>?> _held = new(StringComparer.Ordinal);

    /// <summary>Takes the next place in line. Every place is given back by one <see cref="Leave"/>.</summary>
    public TaskCompletionSource Enter(string threadId)
    {
        lock (_gate)
        {
            if (_held.TryAdd(threadId, null)) return AtOnce;
            var place = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            (_held[threadId] ??= new()).Enqueue(place);
            return place;
        }
    }

    /// <summary>Takes the thread when nobody holds it; null when somebody does.</summary>
    public TaskCompletionSource? TryEnter(string threadId)
    {
        lock (_gate)
            return _held.TryAdd(threadId, null) ? AtOnce : null;
    }

    /// <summary>Completes when it is the turn of a place.</summary>
    public static ValueTask WaitAsync(TaskCompletionSource place, CancellationToken cancellationToken) =>
        place.Task.IsCompletedSuccessfully ? ValueTask.CompletedTask : WaitInLineAsync(place, cancellationToken);

    /// <summary>Gives a place back; when it was its turn, the next in line that still wants the thread gets it.</summary>
    public void Leave(string threadId, TaskCompletionSource place)
    {
        if (place.TrySetCanceled() || place.Task.IsCanceled) return;
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

    private static async ValueTask WaitInLineAsync(TaskCompletionSource place, CancellationToken cancellationToken)
    {
        using var registration = cancellationToken.UnsafeRegister(
            static (state, token) => ((TaskCompletionSource)state!).TrySetCanceled(token), place);
        await place.Task.ConfigureAwait(false);
    }

    private static TaskCompletionSource Completed()
    {
        var completed = new TaskCompletionSource();
        completed.SetResult();
        return completed;
    }
}
