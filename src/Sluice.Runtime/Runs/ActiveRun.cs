using System.Diagnostics.CodeAnalysis;
using Sluice.Journal;
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
    private DateTimeOffset? _waitingSince;
    private HashSet<string>? _openRequests;
    private TaskCompletionSource<RuntimeEvent>? _completion;
    private bool _isClosed;
    private volatile StopRequest _stop;

    public ActiveRun(string runId, string threadId)
    {
        (RunId, ThreadId) = (runId, threadId);
        CancellationToken = _cancellation.Token;
    }

    public string RunId { get; }

    public string ThreadId { get; }

    /// <summary>The agent that answers the prompt; set before the run is driven.</summary>
    public CompiledAgent Agent { get; set; } = null!;

    /// <summary>What the run was asked; set before it is driven.</summary>
    public string Prompt { get; set; } = "";

    /// <summary>Whether the prompt is a tool call, to be made in the model's place; set before the run is driven.</summary>
    public bool IsToolCall { get; set; }

    public RunFeed Feed { get; } = new();

    /// <summary>The event that ended the stream; null while it goes on.</summary>
    public RuntimeEvent? Terminal { get; set; }

    /// <summary>Cancelled when the run is cancelled or leaves memory.</summary>
    public CancellationToken CancellationToken { get; }

    public RunJournal Journal { get; set; } = null!;

    public RunUsage Usage { get; } = new();

    /// <summary>The entry agent's last turn so far: about what its last word will cost. Null before the first.</summary>
    public TurnCompletedData? EntryTurn { get; set; }

    public RefusedCalls Refused { get; } = new();

    public Conversations Conversations { get; } = new();

    /// <summary>Why the run was asked to stop.</summary>
    public StopRequest Stop => _stop;

    /// <summary>Whether the run asked something that is not decided yet.</summary>
    public bool HasOpenRequests => _openRequests is { Count: > 0 };

    /// <summary>The events that were recorded before this process took the run up.</summary>
    public long EventsBefore { get; init; }

    /// <summary>Notes a request that the run made.</summary>
    public void Open(string approvalId) => (_openRequests ??= new(StringComparer.Ordinal)).Add(approvalId);

    /// <summary>Notes that a request needs no decision any more.</summary>
    public void Settle(string approvalId) => _openRequests?.Remove(approvalId);

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

    /// <summary>Asks the run to leave memory if it has waited for a person since then and nobody has decided anything meanwhile.</summary>
    public void SuspendIfWaitingSince(DateTimeOffset limit)
    {
        lock (_gate)
        {
            if (_stop != StopRequest.None || _waitingSince is not { } since || since > limit) return;
            _stop = StopRequest.Suspend;
        }

        CancelToken();
    }

    /// <summary>Completes when a decision may have been taken since this was called. Call it before looking at the request.</summary>
    public Task NextDecision()
    {
        lock (_gate)
            return (_decided ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
    }

    /// <summary>Notes that the run waits for a person from now on, unless a decision was taken since <see cref="NextDecision"/> gave out the task.</summary>
    public void BeginWait(Task decision, DateTimeOffset now)
    {
        lock (_gate)
        {
            if (_decided?.Task == decision) _waitingSince ??= now;
        }
    }

    /// <summary>Tells the run that a decision was taken. From here on it stays in memory until it has looked.</summary>
    /// <returns>False when the run is leaving memory and will not look.</returns>
    public bool NotifyDecision()
    {
        TaskCompletionSource? decided;
        lock (_gate)
        {
            if (_stop == StopRequest.Suspend) return false;
            (decided, _decided, _waitingSince) = (_decided, null, null);
        }

        decided?.SetResult();
        return true;
    }

    // What tools registered on their token runs elsewhere: what it throws must not reach whoever asked.
    private void CancelToken() => _ = _cancellation.CancelAsync();
}
