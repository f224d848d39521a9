using Sluice.Runtime.Journal;

namespace Sluice.Runtime.Runs;

/// <summary>A run that this process drives: what its steps share. Its parts are owned by the run's one flow of control, except where a lock is named.</summary>
internal sealed class ActiveRun
{
    private readonly CancellationTokenSource _cancellation = new();
    private readonly Lock _gate = new();
    private TaskCompletionSource? _decided;
    private volatile StopRequest _stop;

    public ActiveRun(RunRequest request, string runId, string threadId, string entryAgent)
    {
        (Request, RunId, ThreadId, EntryAgent) = (request, runId, threadId, entryAgent);
        CancellationToken = _cancellation.Token;
    }

    public RunRequest Request { get; }

    public string RunId { get; }

    public string ThreadId { get; }

    public string EntryAgent { get; }

    public RunFeed Feed { get; } = new();

    public TaskCompletionSource<RuntimeEvent> Completion { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Cancelled when the run is cancelled or leaves memory.</summary>
    public CancellationToken CancellationToken { get; }

    public RunJournal Journal { get; set; } = null!;

    public RunUsage Usage { get; } = new();

    public RefusedCalls Refused { get; } = new();

    public Conversations Conversations { get; } = new();

    /// <summary>Why the run was asked to stop.</summary>
    public StopRequest Stop => _stop;

    /// <summary>When the run began to wait for a person; null while it does not.</summary>
    public DateTimeOffset? WaitingSince { get; set; }

    /// <summary>Asks the run to stop. The first reason stays.</summary>
    public void RequestStop(StopRequest reason)
    {
        lock (_gate)
        {
            if (_stop != StopRequest.None) return;
            _stop = reason;
        }

        _cancellation.Cancel();
    }

    /// <summary>Completes when a decision may have been taken since this was called. Call it before looking at the request.</summary>
    public Task NextDecision()
    {
        lock (_gate)
            return (_decided ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
    }

    /// <summary>Tells the run that a decision was taken.</summary>
    public void NotifyDecision()
    {
        TaskCompletionSource? decided;
        lock (_gate)
            (decided, _decided) = (_decided, null);
        decided?.SetResult();
    }
}
