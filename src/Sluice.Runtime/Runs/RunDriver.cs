using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Sluice.Journal;
using Sluice.Runtime.Approvals;
using Sluice.Runtime.Composition;
using Sluice.Runtime.Drift;
using Sluice.Runtime.Journal;
using Sluice.Runtime.Loop;
using Sluice.Storage;

namespace Sluice.Runtime.Runs;

/// <summary>Takes runs from their prompt, or from their journal, to their end.</summary>
internal sealed partial class RunDriver(
    CompiledSpec compiled, RuntimeOptions options, IRuntimeStorage storage, AgentLoop loop, ApprovalDesk desk, DriftCheck drift)
{
    private readonly ConcurrentDictionary<string, ActiveRun> _active = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<Task<(ActiveRun Run, RunFeed.Node Beginning)>>> _resuming = new(StringComparer.Ordinal);
    private readonly ThreadTurns _threads = new();
    private readonly ILogger _logger = options.LoggerFactory.CreateLogger<RunDriver>();
    private readonly TenantSpec _tenant = compiled.Spec.Tenant;
    private readonly TimeProvider _time = options.TimeProvider;

    /// <summary>The runs that this process drives.</summary>
    public IEnumerable<ActiveRun> Active => _active.Values;

    public ActiveRun? Find(string runId) => _active.GetValueOrDefault(runId);

    /// <summary>Begins a new run. It is in the journal before this completes.</summary>
    /// <param name="request">What to run.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <returns>The run, and where a reader of all its events begins.</returns>
    public async ValueTask<(ActiveRun Run, RunFeed.Node Beginning)> StartAsync(RunRequest request, CancellationToken cancellationToken)
    {
        var agent = ResolveAgent(request.Agent);
        var now = _time.GetUtcNow();
        var runId = request.RunId ?? $"run-{Guid.CreateVersion7(now):n}";
        var threadId = request.ThreadId ?? $"thread-{Guid.CreateVersion7(now):n}";
        var run = new ActiveRun(runId, threadId, agent, request.Prompt);
        var beginning = run.Feed.Tail;
        // The place in line is taken before anything else, so that runs go in the order in which they were started.
        var place = await TakePlaceAsync(run, cancellationToken).ConfigureAwait(false);
        try
        {
            await BeginAsync(run, now).ConfigureAwait(false);
        }
        catch
        {
            _threads.Leave(threadId, place);
            throw;
        }

        Drive(run, place);
        return (run, beginning);
    }

    /// <summary>Goes on with a run that is in the journal; the one that is being driven already when there is one.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="cancellationToken">Stops waiting; a run that was taken up goes on.</param>
    /// <param name="stop">What the run is asked before it does anything.</param>
    /// <returns>The run, and where a reader of what comes next begins.</returns>
    public async ValueTask<(ActiveRun Run, RunFeed.Node Beginning)> ResumeAsync(
        string runId, CancellationToken cancellationToken, StopRequest stop = StopRequest.None)
    {
        // Whoever resumes a run that is just being taken up gets that one: a second driver would work from an outdated journal.
        var resuming = _resuming.GetOrAdd(runId, id => new(() => TakeUpAsync(id, stop)));
        try
        {
            return await resuming.Value.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _resuming.TryRemove(new(runId, resuming));
        }
    }

    private async Task<(ActiveRun Run, RunFeed.Node Beginning)> TakeUpAsync(string runId, StopRequest stop)
    {
        if (Find(runId) is { } active) return (active, active.Feed.Tail);
        var record = await storage.Journal.GetRunAsync(_tenant, runId, CancellationToken.None).ConfigureAwait(false)
            ?? throw new SluiceException(ErrorCodes.RunNotFound, $"There is no run '{runId}'.");
        if (record.State is not (RunState.Running or RunState.Waiting))
            throw new SluiceException(ErrorCodes.RunEnded, $"Run '{runId}' has ended: {record.State.ToString().ToLowerInvariant()}.");
        var started = await ReadStartAsync(runId, CancellationToken.None).ConfigureAwait(false);
        var (agent, accepted) = await drift.CheckAsync(runId, started, stop == StopRequest.Cancel, CancellationToken.None).ConfigureAwait(false);
        var run = new ActiveRun(runId, record.ThreadId, agent, started.Prompt) { EventsBefore = record.LastEvent };
        var lease = await storage.Leases.TryAcquireAsync(_tenant, runId, "me", _time.GetUtcNow(), CancellationToken.None).ConfigureAwait(false)
            ?? throw new SluiceException(ErrorCodes.RunActive, $"Run '{runId}' is driven by another process.") { Retryable = true };
        run.Journal = CreateJournal(run, record, lease);
        await run.Journal.LoadAsync(
            (entry, data) =>
            {
                if (entry.Agent is { } name)
                    run.Usage.AddRecorded(name, compiled.Agents.GetValueOrDefault(name)?.Spec.Model.Id ?? "unknown", data);
                if (data is ApprovalDecidedData { Outcome: not ApprovalOutcome.Approve } refused) run.Refused.Add(refused);
            },
            CancellationToken.None).ConfigureAwait(false);
        if (stop != StopRequest.None) run.RequestStop(stop);
        var beginning = run.Feed.Tail;
        if (accepted is not null) await run.Journal.EmitAsync(StepKey.Run, null, accepted).ConfigureAwait(false);
        _active[runId] = run;
        // A run that is on its thread holds it since it began: new ones wait for it.
        Drive(run, record.ThreadOrdinal == 0 ? _threads.Enter(run.ThreadId) : null);
        return (run, beginning);
    }

    /// <summary>The run's prompt and definitions.</summary>
    private async ValueTask<RunStartedData> ReadStartAsync(string runId, CancellationToken cancellationToken)
    {
        await foreach (var entry in storage.Journal.ReadAsync(_tenant, runId, 0, cancellationToken).ConfigureAwait(false))
        {
            if (entry.ReadData() is RunStartedData started) return started;
            break;
        }

        throw new SluiceException(ErrorCodes.Internal, $"The journal of run '{runId}' does not begin with run_started.");
    }

    private async ValueTask BeginAsync(ActiveRun run, DateTimeOffset now)
    {
        run.Journal = CreateJournal(run, new()
        {
            RunId = run.RunId,
            ThreadId = run.ThreadId,
            ThreadOrdinal = 0,
            EntryAgent = run.Agent.Name,
            State = RunState.Running,
            StartedAt = now,
            UpdatedAt = now,
            LastEntry = 0,
            LastEvent = 0,
        }, RunLease.First("me"));
        if (!_active.TryAdd(run.RunId, run)) throw InUse(run.RunId);
        try
        {
            await drift.PrepareAsync(CancellationToken.None).ConfigureAwait(false);
            await run.Journal.AppendAsync(StepKey.Run, null, new RunStartedData
            {
                Prompt = run.Prompt,
                ThreadId = run.ThreadId,
                EntryAgent = run.Agent.Name,
                SpecHash = compiled.Hash,
                JournalVersion = JournalJson.Version,
            }).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            _active.TryRemove(run.RunId, out _);
            if (exception is SluiceException { Code: ErrorCodes.JournalConflict }) throw InUse(run.RunId);
            throw;
        }
    }

    private RunJournal CreateJournal(ActiveRun run, RunRecord record, RunLease lease) =>
        new(storage.Journal, _tenant, _time, record, events => Publish(run, events)) { Lease = lease };

    private void Drive(ActiveRun run, TaskCompletionSource? place) => _ = Task.Run(() => DriveAsync(run, place));

    private async Task DriveAsync(ActiveRun run, TaskCompletionSource? place)
    {
        try
        {
            run.CancellationToken.ThrowIfCancellationRequested();
            if (place is not null) await EnterThreadAsync(run, place).ConfigureAwait(false);
            var frame = new Frame(run, run.Agent, StepKey.Main, run.Prompt, null, 1);
            var result = await loop.RunAsync(frame).ConfigureAwait(false);
            await EndAsync(run, result.Error is null ? result.Reason : null, null, result.Error).ConfigureAwait(false);
        }
        catch (RunStoppedException stopped)
        {
            await TryEndAsync(run, FinishReason.Limit, stopped.Limit, null).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (run.Stop == StopRequest.Suspend)
        {
            PublishUnrecorded(run, new FinishEvent { FinishReason = FinishReason.Suspended, Usage = run.Usage.Total });
        }
        catch (OperationCanceledException) when (run.Stop == StopRequest.Cancel)
        {
            await TryEndAsync(run, FinishReason.Cancelled, null, null).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            LogRunFailed(_logger, run.RunId, exception);
            var error = (exception as SluiceException)?.ToErrorInfo() ?? new ErrorInfo { Code = ErrorCodes.Internal, Message = exception.Message };
            await TryEndAsync(run, null, null, error).ConfigureAwait(false);
        }
        finally
        {
            if (place is not null) _threads.Leave(run.ThreadId, place);
            _active.TryRemove(run.RunId, out _);
            run.Close();
        }
    }

    private async ValueTask<TaskCompletionSource> TakePlaceAsync(ActiveRun run, CancellationToken cancellationToken)
    {
        if (options.BusyThread == BusyThread.Wait) return _threads.Enter(run.ThreadId);
        return await FindHolderAsync(run, cancellationToken).ConfigureAwait(false) is null && _threads.TryEnter(run.ThreadId) is { } place
            ? place
            : throw new SluiceException(ErrorCodes.ThreadBusy, $"Thread '{run.ThreadId}' is held by another run.") { Retryable = true };
    }

    private async ValueTask EnterThreadAsync(ActiveRun run, TaskCompletionSource place)
    {
        await ThreadTurns.WaitAsync(place, run.CancellationToken).ConfigureAwait(false);
        while (await FindHolderAsync(run, run.CancellationToken).ConfigureAwait(false) is { } holder)
            await WaitForEndAsync(holder, run.CancellationToken).ConfigureAwait(false);
        run.Journal.SetThreadOrdinal(await storage.Threads
            .AddRunAsync(_tenant, run.ThreadId, run.RunId, _time.GetUtcNow(), run.CancellationToken).ConfigureAwait(false));
    }

    private async ValueTask WaitForEndAsync(RunRecord? holder, CancellationToken cancellationToken)
    {
        while (holder is { State: RunState.Running or RunState.Waiting })
        {
            await storage.Journal.WaitAsync(_tenant, holder.RunId, holder.LastEntry, cancellationToken).ConfigureAwait(false);
            holder = await storage.Journal.GetRunAsync(_tenant, holder.RunId, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// The run that a place in line does not show and that holds the thread all the same: it waits for a person, here or in another process,
    /// or it was resumed here. One that was interrupted and that nobody resumes does not hold the thread.
    /// </summary>
    private async ValueTask<RunRecord?> FindHolderAsync(ActiveRun run, CancellationToken cancellationToken)
    {
        var runs = await storage.Threads.ListRunsAsync(_tenant, run.ThreadId, cancellationToken).ConfigureAwait(false);
        if (runs.LastOrDefault(id => id != run.RunId) is not { } lastId) return null;
        var last = await storage.Journal.GetRunAsync(_tenant, lastId, cancellationToken).ConfigureAwait(false);
        return last is { State: RunState.Waiting } || (last is { State: RunState.Running } && _active.ContainsKey(lastId)) ? last : null;
    }

    private async ValueTask TryEndAsync(ActiveRun run, FinishReason? reason, string? limit, ErrorInfo? error)
    {
        try
        {
            if (reason == FinishReason.Cancelled || run.HasOpenRequests) await desk.CancelAsync(run.RunId, CancellationToken.None).ConfigureAwait(false);
            await EndAsync(run, reason, limit, error).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // The store does not take the end: the run stays resumable, and its readers must not wait for ever.
            LogEndNotRecorded(_logger, run.RunId, exception);
            PublishUnrecorded(run, new ErrorEvent
            {
                Error = error ?? new ErrorInfo { Code = ErrorCodes.Internal, Message = $"The end of run '{run.RunId}' could not be recorded: {exception.Message}", Retryable = true },
            });
        }
    }

    private ValueTask EndAsync(ActiveRun run, FinishReason? reason, string? limit, ErrorInfo? error)
    {
        var ended = run.Usage.ToRunEnded(reason, limit, error, _time.GetUtcNow() - run.Journal.Run.StartedAt);
        var state = error is not null ? RunState.Failed : reason == FinishReason.Cancelled ? RunState.Cancelled : RunState.Finished;
        return run.Journal.AppendAsync(StepKey.Run, null, ended, state);
    }

    private void Publish(ActiveRun run, IReadOnlyList<RuntimeEvent> events)
    {
        run.Feed.Publish(events);
        for (var index = 0; index < events.Count; index++)
        {
            var published = events[index];
            if (published.IsTerminal) run.Terminal = published;
            foreach (var hook in options.EventHooks)
            {
                try
                {
                    hook(published);
                }
                catch (Exception exception)
                {
                    LogHookFailed(_logger, published.RunId, published.Sequence, exception);
                }
            }
        }
    }

    /// <summary>Ends the stream without ending the run: the event has the sequence of the last recorded one, so a reader that comes back misses nothing.</summary>
    private void PublishUnrecorded(ActiveRun run, RuntimeEvent terminal)
    {
        var record = run.Journal.Run;
        Publish(run, [terminal with { RunId = run.RunId, ThreadId = run.ThreadId, Sequence = record.LastEvent, At = _time.GetUtcNow() }]);
    }

    private CompiledAgent ResolveAgent(string? name)
    {
        if (name is null)
        {
            return compiled.Entry ?? throw new SluiceException(
                ErrorCodes.NoCoordinator,
                $"The spec has {compiled.Agents.Count} agents and no coordinator. Name the agent to run, or add a coordinator.");
        }

        return compiled.Agents.GetValueOrDefault(name) ?? throw new SluiceException(
            ErrorCodes.UnknownAgent, $"There is no agent '{name}'. The agents are: {string.Join(", ", compiled.Agents.Keys)}.");
    }

    private static SluiceException InUse(string runId) =>
        new(ErrorCodes.RunActive, $"Run id '{runId}' is in use. Resume that run, or use another id.");
}
