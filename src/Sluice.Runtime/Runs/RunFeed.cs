namespace Sluice.Runtime.Runs;

/// <summary>
/// The live tail of a run's events: a linked list that readers walk at their own pace. Nobody holds what every reader has passed, so a run
/// without readers costs nothing, and a slow reader slows no one.
/// </summary>
internal sealed class RunFeed
{
    private readonly Lock _gate = new();
    private volatile Node _tail = new(null);
    private volatile bool _closed;
    private TaskCompletionSource? _signal;

    /// <summary>Where a reader that wants what comes next begins.</summary>
    public Node Tail => _tail;

    /// <summary>The sequence of the last event; 0 while there is none.</summary>
    public long LastSequence => _tail.Event?.Sequence ?? 0;

    /// <summary>Whether nothing more will come.</summary>
    public bool IsClosed => _closed;

    public void Publish(IReadOnlyList<RuntimeEvent> events)
    {
        if (events.Count == 0) return;
        var tail = _tail;
        for (var index = 0; index < events.Count; index++)
        {
            var node = new Node(events[index]);
            tail.Next = node;
            tail = node;
        }

        _tail = tail;
        Wake();
    }

    public void Close()
    {
        _closed = true;
        Wake();
    }

    /// <summary>Completes when there may be something after <paramref name="node"/>, or the feed is closed.</summary>
    public Task WaitAsync(Node node, CancellationToken cancellationToken)
    {
        TaskCompletionSource signal;
        lock (_gate)
            signal = _signal ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
        return node.Next is not null || _closed ? Task.CompletedTask : signal.Task.WaitAsync(cancellationToken);
    }

    private void Wake()
    {
        TaskCompletionSource? signal;
        lock (_gate)
            (signal, _signal) = (_signal, null);
        signal?.SetResult();
    }

    internal sealed class Node(RuntimeEvent? runtimeEvent)
    {
        private volatile Node? _next;

        public RuntimeEvent? Event { get; } = runtimeEvent;

        public Node? Next { get => _next; set => _next = value; }
    }
}
