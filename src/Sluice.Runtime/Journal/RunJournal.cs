using Sluice.Journal;
using Sluice.Runtime.Leases;
using Sluice.Runtime.Runs;
using Sluice.Storage;

namespace Sluice.Runtime.Journal;

/// <summary>
/// One run's journal, seen from the run: answers steps that were recorded, and records new ones. The only writer of the run; entries that
/// arrive while others are being stored go into the next append. An event is published after its entry is stored.
/// </summary>
internal sealed class RunJournal
{
    private readonly IJournalStore _store;
    private readonly TenantSpec _tenant;
    private readonly TimeProvider _time;
    private readonly JournalEvents _projection;
    private readonly HeldLease _lease;
    private readonly Action<IReadOnlyList<RuntimeEvent>> _publish;
    private readonly Lock _gate = new();
    private RunRecord _run;
    private ReadOnlyMemory<byte> _lastHash = JournalHash.Origin;
    private Dictionary<(JournalEntryKind, string), JournalData>? _recorded;
    private Dictionary<string, DateTimeOffset>? _claimedAt;
    private HashSet<string>? _begun;
    private List<JournalEntry>? _pending;
    private List<RuntimeEvent>? _pendingEvents;
    private TaskCompletionSource? _pendingStored;
    private bool _storing;
    private RunFaultException? _failure;

    public RunJournal(
        IJournalStore store, TenantSpec tenant, TimeProvider time, RunRecord run, HeldLease lease, Action<IReadOnlyList<RuntimeEvent>> publish)
    {
        (_store, _tenant, _time, _run, _lease, _publish) = (store, tenant, time, run, lease, publish);
        _projection = new(run.RunId, run.ThreadId, tenant.ResourceId);
    }

    /// <summary>The run's row as of the last entry.</summary>
    public RunRecord Run => _run;

    /// <summary>Takes up a run that has entries.</summary>
    /// <param name="visit">Sees every entry.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async ValueTask LoadAsync(Action<JournalEntry, JournalData> visit, CancellationToken cancellationToken)
    {
        _recorded = [];
        var events = new List<RuntimeEvent>();
        await foreach (var entry in _store.ReadAsync(_tenant, _run.RunId, 0, cancellationToken).ConfigureAwait(false))
        {
            var data = entry.ReadData();
            _projection.Project(entry, data, events);
            events.Clear();
            if (entry.Kind != JournalEntryKind.EventEmitted) _recorded[(entry.Kind, entry.Key)] = data;
            if (data is EventEmittedData { Events: [StepStartEvent, ..] }) (_begun ??= new(StringComparer.Ordinal)).Add(entry.Key);
            else if (entry.Kind == JournalEntryKind.TurnCompleted) _begun?.Remove(entry.Key);
            if (data is ToolStartedData or ActionStartedData) (_claimedAt ??= new(StringComparer.Ordinal))[entry.Key] = entry.At;
            visit(entry, data);
            _lastHash = entry.Hash;
            _run = _run with { LastEntry = entry.Sequence, LastEvent = entry.EventSequence };
        }
    }

    /// <summary>Notes the run's place on its thread, to be stored with the next entry.</summary>
    public void SetThreadOrdinal(int ordinal)
    {
        lock (_gate)
            _run = _run with { ThreadOrdinal = ordinal };
    }

    /// <summary>Why nothing more can be recorded here: the store failed, or the run is somebody else's. Null while all is well.</summary>
    public RunFaultException? Failure => Volatile.Read(ref _failure);

    /// <summary>Gives the run back, so that whoever comes next need not wait until the lease expires.</summary>
    public ValueTask ReleaseAsync() => _lease.ReleaseAsync();

    /// <summary>Whether the run had entries when it was taken up.</summary>
    public bool IsResumed => _recorded is not null;

    /// <summary>Where the run was forked from; null for an ordinary run.</summary>
    public ForkOrigin? ForkedFrom => Recorded<RunStartedData>(JournalEntryKind.RunStarted, StepKey.Run)?.ForkedFrom;

    /// <summary>What was recorded for a step; null when nothing was.</summary>
    public TData? Recorded<TData>(JournalEntryKind kind, string key)
        where TData : JournalData =>
        _recorded is not null && _recorded.TryGetValue((kind, key), out var data) ? (TData)data : null;

    /// <summary>What was recorded of a kind, by step, in no particular order.</summary>
    public IEnumerable<(string Key, TData Data)> RecordedOf<TData>(JournalEntryKind kind)
        where TData : JournalData =>
        _recorded is null ? [] : _recorded.Where(step => step.Key.Item1 == kind).Select(step => (step.Key.Item2, (TData)step.Value));

    /// <summary>Whether the beginning of a turn was told that did not end before this process took the run up.</summary>
    public bool WasBegun(string turnKey) => _begun is not null && _begun.Contains(turnKey);

    /// <summary>When an effect was last claimed before this process took the run up; null when it was not.</summary>
    public DateTimeOffset? ClaimedAt(string key) => _claimedAt is not null && _claimedAt.TryGetValue(key, out var at) ? at : null;

    /// <summary>Records a step. Completes when it is stored.</summary>
    /// <param name="key">The step.</param>
    /// <param name="agent">The agent of the frame; null outside a frame.</param>
    /// <param name="data">What to record.</param>
    /// <param name="state">Where the run stands from now on; null: as before.</param>
    public ValueTask AppendAsync(string key, string? agent, JournalData data, RunState? state = null)
    {
        lock (_gate)
        {
            if (_failure is not null) return ValueTask.FromException(_failure);
            if (_run.State is not (RunState.Running or RunState.Waiting)) return ValueTask.FromException(Ended());
            var pending = _pending ??= new(1);
            pending.Add(CreateEntry_NeedsLock(key, agent, data, state));
            if (_storing) return new((_pendingStored ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task);
            _storing = true;
        }

        return StoreAsync();
    }

    /// <summary>Records events that are no steps.</summary>
    public ValueTask EmitAsync(string key, string? agent, params IReadOnlyList<RuntimeEvent> events) =>
        AppendAsync(key, agent, new EventEmittedData { Events = events });

    private JournalEntry CreateEntry_NeedsLock(string key, string? agent, JournalData data, RunState? state)
    {
        var now = _time.GetUtcNow();
        var events = JournalEvents.Count(data);
        var hash = new byte[JournalHash.Size];
        var entry = new JournalEntry
        {
            RunId = _run.RunId,
            Sequence = _run.LastEntry + 1,
            Kind = JournalJson.KindOf(data),
            Key = key,
            Agent = agent,
            At = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond)),
            Data = EntryWriter.Write(data),
            EventSequence = _run.LastEvent + events,
            PreviousHash = _lastHash,
            Hash = hash,
        };
        JournalHash.Compute(entry, hash);
        _projection.Project(entry, data, _pendingEvents ??= new(events));
        _lastHash = entry.Hash;
        var ended = data as RunEndedData;
        _run = _run with
        {
            LastEntry = entry.Sequence,
            LastEvent = entry.EventSequence,
            UpdatedAt = entry.At,
            State = state ?? _run.State,
            FinishReason = ended?.FinishReason,
            Error = ended?.Error,
        };
        return entry;
    }

    private async ValueTask StoreAsync()
    {
        while (true)
        {
            List<JournalEntry> entries;
            List<RuntimeEvent>? events;
            TaskCompletionSource? stored;
            RunRecord run;
            lock (_gate)
            {
                if (_pending is not { Count: > 0 })
                {
                    _storing = false;
                    return;
                }

                (entries, events, stored, run) = (_pending, _pendingEvents, _pendingStored, _run);
                (_pending, _pendingEvents, _pendingStored) = (null, null, null);
            }

            try
            {
                // Not cancellable: whether the step is recorded must be known before the run goes on or stops.
                if (!await _store.AppendAsync(_tenant, run, entries, _lease.Lease, CancellationToken.None).ConfigureAwait(false))
                    throw new RunFaultException(
                        ErrorCodes.JournalConflict, $"Run '{run.RunId}' was written to by somebody else; this process stops driving it.");
                if (entries.Exists(IsClaim)) await _lease.ConfirmAsync().ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                throw Fail(exception, stored);
            }

            if (events is not null) _publish(events);
            stored?.SetResult();
        }
    }

    private static bool IsClaim(JournalEntry entry) => entry.Kind is JournalEntryKind.ToolStarted or JournalEntryKind.ActionStarted;

    private RunFaultException Ended() =>
        new(ErrorCodes.RunEnded, $"Run '{_run.RunId}' has ended; nothing can be recorded after that.");

    private RunFaultException Fail(Exception exception, TaskCompletionSource? stored)
    {
        var failure = exception as RunFaultException
            ?? new RunFaultException(ErrorCodes.Internal, $"The journal of run '{_run.RunId}' could not be written: {exception.Message}", exception);
        lock (_gate)
        {
            _failure = failure;
            _storing = false;
            stored?.SetException(failure);
            _pendingStored?.SetException(failure);
        }

        return failure;
    }
}
