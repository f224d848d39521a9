namespace Sluice;

/// <summary>A run that goes on whether or not anybody listens.</summary>
public sealed class RunHandle
{
    private readonly Func<long, CancellationToken, IAsyncEnumerable<RuntimeEvent>> _events;
    private readonly Func<Task> _cancel;

    internal RunHandle(
        string runId, string threadId, Task<RuntimeEvent> completion,
        Func<long, CancellationToken, IAsyncEnumerable<RuntimeEvent>> events, Func<Task> cancel)
    {
        RunId = runId;
        ThreadId = threadId;
        Completion = completion;
        _events = events;
        _cancel = cancel;
    }

    /// <summary>The run's id.</summary>
    public string RunId { get; }

    /// <summary>The run's thread.</summary>
    public string ThreadId { get; }

    /// <summary>The event that ends the stream: <see cref="FinishEvent"/> or <see cref="ErrorEvent"/>. It does not fault when the run does.</summary>
    public Task<RuntimeEvent> Completion { get; }

    /// <summary>The run's events from the first one. Leaving the enumeration does not stop the run.</summary>
    public IAsyncEnumerable<RuntimeEvent> Events => EventsAsync();

    /// <summary>The run's events after a sequence. Leaving the enumeration does not stop the run.</summary>
    /// <param name="afterSequence">Events up to this one are left out. Default: 0, from the first.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public IAsyncEnumerable<RuntimeEvent> EventsAsync(long afterSequence = 0, CancellationToken cancellationToken = default) =>
        _events(afterSequence, cancellationToken);

    /// <summary>Cancels the run and waits until its terminal event is recorded. Does nothing when it has ended.</summary>
    public Task CancelAsync() => _cancel();
}
