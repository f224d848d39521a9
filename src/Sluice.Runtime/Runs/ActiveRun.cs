using System.Diagnostics.CodeAnalysis;
using Sluice.Runtime.Composition;
using Sluice.Runtime.Journal;

namespace Sluice.Runtime.Runs;

/// <summary>A run that this process drives: what its steps share. Its parts are owned by the run's one flow of control, except where a lock is named.</summary>
[SuppressMessage(
    "Design", "CA1001", Justification = "The source has no timer and no wait handle; disposing it would race with a late request to stop.")]
internal sealed class ActiveRun
{
    private readonly CancellationTokenSource _cancellation = new();
    private readonly Lock _gate = new();
    private TaskCompletionSource? _decided;
    private TaskCompletionSource<RuntimeEvent>? _completion;
    private DateTimeOffset? _waitingSince;
    private bool _isClosed;
    private volatile StopRequest _stop;

    public ActiveRun(string runId, string threadId, CompiledAgent agent, string prompt)
    {
        (RunId, ThreadId, Agent, Prompt) = (runId, threadId, agent, prompt);
        CancellationToken = _cancellation.Token;
    }

    public string RunId { get; }

    public string ThreadId { get; }

    /// <summary>The agent that answers the prompt.</summary>
    public CompiledAgent Agent { get; }

    public string Prompt { get; }

    public RunFeed Feed { get; } = new();

    /// <summary>The event that ended the stream; null while it goes on.</summary>
    public RuntimeEvent? Terminal { get; set; }

    /// <summary>Cancelled when the run is cancelled or leaves memory.</summary>
    public CancellationToken CancellationToken { get; }

    public RunJournal Journal { get; set; } = null!;

    public RunUsage Usage { get; } = new();

    public RefusedCalls Refused { get; } = new();

    public Conversations Conversations { get; } = new();

    /// <summary>Why the run was asked to stop.</summary>
    public StopRequest Stop => _stop;

    /// <summary>The events that were recorded before this process took the run up.</summary>
    public long EventsBefore { get; init; }

    /// <summary>The approval request that the run waits for, or waited for last.</summary>
    public string? WaitsFor { get; private set; }

    /// <summary>Completes with the terminal event when the run is no longer driven here.</summary>
    public Task<RuntimeEvent> CompletionAsync()
    {
        lock (_gate)
        {
            return _isClosed
                ? Task.FromResult(Terminal!)
                : (_completion ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    /// <summary>Tells everybody that the run is no longer driven here.</summary>
    public void Close()
    {
        TaskCompletionSource<RuntimeEvent>? completion;
        lock (_gate)
            (_isClosed, completion) = (true, _completion);
        Feed.Close();
        completion?.SetResult(Terminal!);
    }

    /// <summary>Asks the run to stop. The first reason stays.</summary>
    public void RequestStop(StopRequest reason)
    {
        lock (_gate)
        {
            if (_stop != StopRequest.None) return;
            _stop = reason;
        }

        CancelToken();
    }

    /// <summary>Notes that the run begins to wait for a person.</summary>
    public void BeginWait(string approvalId, DateTimeOffset now)
    {
        lock (_gate)
        {
            WaitsFor = approvalId;
            _waitingSince ??= now;
        }
    }

    /// <summary>The wait is over. A run that was asked to stop meanwhile does not go on.</summary>
    public void EndWait()
    {
        lock (_gate)
        {
            if (_stop != StopRequest.None) throw new OperationCanceledException(CancellationToken);
            _waitingSince = null;
        }
    }

    /// <summary>Asks a run to leave memory that waits since a time or longer. One that does not wait is left alone: its tools must not be cut off.</summary>
    /// <returns>Whether it was asked.</returns>
    public bool TrySuspend(DateTimeOffset waitingSince)
    {
        lock (_gate)
        {
            if (_stop != StopRequest.None || !(_waitingSince <= waitingSince)) return false;
            _stop = StopRequest.Suspend;
        }

        CancelToken();
        return true;
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

    // What tools registered on their token runs elsewhere: what it throws must not reach whoever asked.
    private void CancelToken() => _ = _cancellation.CancelAsync();
}
