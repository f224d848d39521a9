using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Sluice.Journal;
using Sluice.Runtime.Approvals;
using Sluice.Runtime.Composition;
using Sluice.Runtime.Drift;
using Sluice.Runtime.Journal;
using Sluice.Runtime.Leases;
using Sluice.Runtime.Loop;
using Sluice.Storage;

namespace Sluice.Runtime.Runs;

/// <summary>Takes runs from their prompt, or from their journal, to their end.</summary>
internal sealed partial class RunDriver(
    CompiledSpec compiled, RuntimeOptions options, IRuntimeStorage storage, AgentLoop loop, Abandonment abandonment, Ownership ownership,
    ActiveRuns active, ThreadQueue threads, DriftCheck drift)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<(ActiveRun Run, RunFeed.Node Beginning)>>> _resuming = new(StringComparer.Ordinal);
    private readonly ILogger _logger = options.LoggerFactory.CreateLogger<RunDriver>();
    private readonly TenantSpec _tenant = compiled.Spec.Tenant;
    private readonly TimeProvider _time = options.TimeProvider;

    /// <summary>Begins a new run. It is in the journal before this completes.</summary>
    /// <param name="request">What to run.</param>
    /// <param name="cancellationToken">Stops the start. Cancels the run as long as this thread drives it.</param>
    /// <param name="isToolCall">Whether the prompt is a tool call, to be made in the model's place.</param>
    /// <param name="synchronously">Whether this thread drives the run until it has to wait.</param>
    /// <returns>The run, and where a reader of all its events begins.</returns>
    public async ValueTask<(ActiveRun Run, RunFeed.Node Beginning)> StartAsync(
        RunRequest request, CancellationToken cancellationToken, bool isToolCall = false, bool synchronously = false)
    {
        var agent = ResolveAgent(request.Agent);
        var now = _time.GetUtcNow();
        var runId = request.RunId ?? $"run-{Guid.CreateVersion7(now):n}";
        var threadId = request.ThreadId ?? $"thread-{Guid.CreateVersion7(now):n}";
        var run = new ActiveRun(runId, threadId) { Agent = agent, Prompt = request.Prompt, IsToolCall = isToolCall };
        var beginning = run.Feed.Tail;
        // The place in line is taken before anything else, so that runs go in the order in which they were started.
        var place = await threads.TakePlaceAsync(run, cancellationToken).ConfigureAwait(false);
        try
        {
            await ownership.StayAliveAsync().ConfigureAwait(false);
            await BeginAsync(run, request.EvalSample, now).ConfigureAwait(false);
        }
        catch
        {
            threads.Leave(run, place);
            throw;
        }

        if (synchronously) DriveHere(run, place, cancellationToken);
        else Drive(run, place);
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
        if (active.Find(runId) is { } driven) return (driven, driven.Feed.Tail);
        await GetResumableAsync(runId).ConfigureAwait(false);
        var lease = await ownership.TryTakeAsync(runId).ConfigureAwait(false) ?? throw new SluiceException(
            ErrorCodes.RunActive, $"Run '{runId}' is driven by another process. Read its events with EventsAsync, or resume it when that process has ended.")
        { Retryable = true };
        try
        {
            // Only from here on nobody else writes to the run.
            var run = await LoadAsync(await GetResumableAsync(runId).ConfigureAwait(false), lease, stop).ConfigureAwait(false);
            if (stop != StopRequest.None) run.RequestStop(stop);
            var beginning = run.Feed.Tail;
            active.Put(run);
            // A run that is on its thread holds it since it began: new ones wait for it.
            Drive(run, run.Journal.Run.ThreadOrdinal == 0 ? threads.TakePlaceAgain(run) : null);
            return (run, beginning);
        }
        catch
        {
            await lease.ReleaseAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async ValueTask<RunRecord> GetResumableAsync(string runId)
    {
        var record = await storage.Journal.GetRunAsync(_tenant, runId, CancellationToken.None).ConfigureAwait(false)
            ?? throw new SluiceException(ErrorCodes.RunNotFound, $"There is no run '{runId}'.");
        return record.State is RunState.Running or RunState.Waiting
            ? record
            : throw new SluiceException(ErrorCodes.RunEnded, $"Run '{runId}' has ended: {record.State.ToString().ToLowerInvariant()}.");
    }

    /// <summary>Makes a run out of its journal, which is read once.</summary>
    private async ValueTask<ActiveRun> LoadAsync(RunRecord record, HeldLease lease, StopRequest stop)
    {
        var run = new ActiveRun(record.RunId, record.ThreadId) { EventsBefore = record.LastEvent };
        run.Journal = CreateJournal(run, record, lease);
        await run.Journal.LoadAsync(
            (entry, data) =>
            {
                if (entry.Agent is { } name)
                    run.Usage.AddRecorded(name, compiled.Agents.GetValueOrDefault(name)?.Spec.Model.Id ?? "unknown", data);
                if (data is ApprovalDecidedData { Outcome: not ApprovalOutcome.Approve } refused) run.Refused.Add(refused);
            },
            CancellationToken.None).ConfigureAwait(false);
        var started = run.Journal.Recorded<RunStartedData>(JournalEntryKind.RunStarted, StepKey.Run)
            ?? throw new SluiceException(ErrorCodes.Internal, $"The journal of run '{run.RunId}' does not begin with run_started.");
        var (agent, accepted) = await drift.CheckAsync(run.RunId, started, stop == StopRequest.Cancel, CancellationToken.None).ConfigureAwait(false);
        (run.Agent, run.Prompt, run.IsToolCall) = (agent, started.Prompt, started.IsToolCall);
        if (accepted is not null) await run.Journal.EmitAsync(StepKey.Run, null, accepted).ConfigureAwait(false);
        return run;
    }

    private async ValueTask BeginAsync(ActiveRun run, EvalSample? sample, DateTimeOffset now)
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
            EvalSample = sample,
        }, ownership.Begin(run.RunId));
        if (!active.TryAdd(run)) throw InUse(run.RunId);
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
                EvalSample = sample,
                IsToolCall = run.IsToolCall,
            }).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            active.Remove(run);
            Withdraw(run, ToErrorInfo(exception));
            if (exception is SluiceException { Code: ErrorCodes.JournalConflict }) throw InUse(run.RunId);
            await run.Journal.ReleaseAsync().ConfigureAwait(false);
            throw;
        }
    }

    private RunJournal CreateJournal(ActiveRun run, RunRecord record, HeldLease lease) =>
        new(storage.Journal, _tenant, _time, record, lease, events => Publish(run, events));

    private void Drive(ActiveRun run, TaskCompletionSource? place) => _ = Task.Run(() => DriveAsync(run, place));

    private void DriveHere(ActiveRun run, TaskCompletionSource place, CancellationToken cancellationToken)
    {
        // Whoever reads the run's events registers this too, but only when this thread is back.
        using var registration = cancellationToken.UnsafeRegister(static state => ((ActiveRun)state!).RequestStop(StopRequest.Cancel), run);
        _ = DriveAsync(run, place);
    }

    private async Task DriveAsync(ActiveRun run, TaskCompletionSource? place)
    {
        try
        {
            run.CancellationToken.ThrowIfCancellationRequested();
            if (place is not null) run.Journal.SetThreadOrdinal(await threads.EnterAsync(run, place).ConfigureAwait(false));
            var frame = new Frame(run, run.Agent, StepKey.Main, run.Prompt, null, 1);
            var result = await loop.RunAsync(frame).ConfigureAwait(false);
            if (result.Limit is { } limit) throw new RunStoppedException(limit);
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
        catch (SluiceException away) when (StoreFailure.Is(away))
        {
            LogEndNotRecorded(_logger, run.RunId, away);
            GiveUp(run, away.ToErrorInfo());
        }
        catch (Exception exception)
        {
            LogRunFailed(_logger, run.RunId, exception);
            await TryEndAsync(run, null, null, ToErrorInfo(exception)).ConfigureAwait(false);
        }
        finally
        {
            if (place is not null) threads.Leave(run, place);
            if (run.Journal.Run.State is RunState.Running or RunState.Waiting || run.Journal.Failure is not null)
                await run.Journal.ReleaseAsync().ConfigureAwait(false);
            active.Remove(run);
            run.Close();
        }
    }

    private async ValueTask TryEndAsync(ActiveRun run, FinishReason? reason, string? limit, ErrorInfo? error)
    {
        if (run.Journal.Failure is { } failure)
        {
            GiveUp(run, error ?? failure.ToErrorInfo());
            return;
        }

        try
        {
            await abandonment.SettleAsync(run, reason == FinishReason.Cancelled).ConfigureAwait(false);
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

    /// <summary>Stops driving a run whose end cannot be recorded here. Readers of one that goes on in another process are not told that it ended.</summary>
    private void GiveUp(ActiveRun run, ErrorInfo error)
    {
        if (error.Code is ErrorCodes.JournalConflict or ErrorCodes.LeaseLost) run.Terminal = Stamp(run, new ErrorEvent { Error = error });
        else PublishUnrecorded(run, new ErrorEvent { Error = error });
    }

    /// <summary>
    /// Takes back a run that did not begin. Whoever has joined it already goes on with the journal, where another process has begun a run of this id, or hears why
    /// there is none.
    /// </summary>
    private void Withdraw(ActiveRun run, ErrorInfo error)
    {
        run.Terminal = Stamp(run, new ErrorEvent { Error = error });
        if (error.Code != ErrorCodes.JournalConflict) run.Feed.Publish([run.Terminal]);
        run.Close();
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
    private void PublishUnrecorded(ActiveRun run, RuntimeEvent terminal) => Publish(run, [Stamp(run, terminal)]);

    private RuntimeEvent Stamp(ActiveRun run, RuntimeEvent terminal) =>
        terminal with { RunId = run.RunId, ThreadId = run.ThreadId, Sequence = run.Journal.Run.LastEvent, At = _time.GetUtcNow() };

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

    private static ErrorInfo ToErrorInfo(Exception exception) =>
        (exception as SluiceException)?.ToErrorInfo() ?? new ErrorInfo { Code = ErrorCodes.Internal, Message = exception.Message };

    private static SluiceException InUse(string runId) =>
        new(ErrorCodes.RunActive, $"Run id '{runId}' is in use. Resume that run, or use another id.");
}
