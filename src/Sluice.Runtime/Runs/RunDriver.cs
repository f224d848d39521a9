using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Sluice.Journal;
using Sluice.Runtime.Approvals;
using Sluice.Runtime.Composition;
using Sluice.Runtime.Journal;
using Sluice.Runtime.Loop;
using Sluice.Storage;

namespace Sluice.Runtime.Runs;

/// <summary>Takes runs from their prompt, or from their journal, to their end.</summary>
internal sealed partial class RunDriver(
    CompiledSpec compiled, RuntimeOptions options, IRuntimeStorage storage, AgentLoop loop, ApprovalDesk desk)
{
    private readonly ConcurrentDictionary<string, ActiveRun> _active = new(StringComparer.Ordinal);
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
        if (options.BusyThread == BusyThread.Refuse && await IsBusyAsync(threadId, cancellationToken).ConfigureAwait(false))
            throw new SluiceException(ErrorCodes.ThreadBusy, $"Thread '{threadId}' is held by another run.") { Retryable = true };
        var run = new ActiveRun(runId, threadId, agent, request.Prompt);
        var beginning = run.Feed.Tail;
        await BeginAsync(run, now).ConfigureAwait(false);
        Drive(run);
        return (run, beginning);
    }

    /// <summary>Goes on with a run that is in the journal; the one that is being driven already when there is one.</summary>
    public async ValueTask<ActiveRun> ResumeAsync(string runId, CancellationToken cancellationToken, StopRequest stop = StopRequest.None)
    {
        if (Find(runId) is { } active) return active;
        var record = await storage.Journal.GetRunAsync(_tenant, runId, cancellationToken).ConfigureAwait(false)
            ?? throw new SluiceException(ErrorCodes.RunNotFound, $"There is no run '{runId}'.");
        if (record.State is not (RunState.Running or RunState.Waiting))
            throw new SluiceException(ErrorCodes.RunEnded, $"Run '{runId}' has ended: {record.State.ToString().ToLowerInvariant()}.");
        var started = await ReadStartAsync(runId, cancellationToken).ConfigureAwait(false);
        var run = new ActiveRun(runId, record.ThreadId, ResolveAgent(record.EntryAgent), started.Prompt);
        run.Journal = CreateJournal(run, record);
        await run.Journal.LoadAsync(cancellationToken).ConfigureAwait(false);
        if (stop != StopRequest.None) run.RequestStop(stop);
        if (!_active.TryAdd(runId, run)) return _active[runId];
        Drive(run);
        return run;
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
        });
        if (!_active.TryAdd(run.RunId, run)) throw InUse(run.RunId);
        try
        {
            await run.Journal.AppendAsync(StepKey.Run, null, new RunStartedData
            {
                Prompt = run.Prompt,
                ThreadId = run.ThreadId,
                EntryAgent = run.Agent.Name,
                SpecHash = compiled.Hash,
            }).ConfigureAwait(false);
        }
        catch (SluiceException exception)
        {
            _active.TryRemove(run.RunId, out _);
            throw exception.Code == ErrorCodes.JournalConflict ? InUse(run.RunId) : exception;
        }
    }

    private RunJournal CreateJournal(ActiveRun run, RunRecord record) =>
        new(storage.Journal, _tenant, _time, record, events => Publish(run, events));

    private void Drive(ActiveRun run) => _ = Task.Run(() => DriveAsync(run));

    private async Task DriveAsync(ActiveRun run)
    {
        var holdsThread = false;
        try
        {
            run.CancellationToken.ThrowIfCancellationRequested();
            // A resumed run holds its thread since it began: new ones wait for it.
            if (run.Journal.Run.ThreadOrdinal == 0)
            {
                await _threads.EnterAsync(run.ThreadId, run.CancellationToken).ConfigureAwait(false);
                holdsThread = true;
                await WaitForEarlierAsync(run).ConfigureAwait(false);
                run.Journal.SetThreadOrdinal(await storage.Threads
                    .AddRunAsync(_tenant, run.ThreadId, run.RunId, _time.GetUtcNow(), run.CancellationToken).ConfigureAwait(false));
            }

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
            if (holdsThread) _threads.Leave(run.ThreadId);
            _active.TryRemove(run.RunId, out _);
            run.Close();
        }
    }

    /// <summary>Waits while an earlier run of the thread waits for a person, here or in another process.</summary>
    private async ValueTask WaitForEarlierAsync(ActiveRun run)
    {
        while (await FindWaitingAsync(run.ThreadId, run.CancellationToken).ConfigureAwait(false) is { } earlier)
            await storage.Journal.WaitAsync(_tenant, earlier.RunId, earlier.LastEntry, run.CancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<RunRecord?> FindWaitingAsync(string threadId, CancellationToken cancellationToken)
    {
        var runs = await storage.Threads.ListRunsAsync(_tenant, threadId, cancellationToken).ConfigureAwait(false);
        if (runs.Count == 0) return null;
        var last = await storage.Journal.GetRunAsync(_tenant, runs[^1], cancellationToken).ConfigureAwait(false);
        return last is { State: RunState.Waiting } ? last : null;
    }

    private async ValueTask<bool> IsBusyAsync(string threadId, CancellationToken cancellationToken) =>
        _threads.IsHeld(threadId) || await FindWaitingAsync(threadId, cancellationToken).ConfigureAwait(false) is not null;

    private async ValueTask TryEndAsync(ActiveRun run, FinishReason? reason, string? limit, ErrorInfo? error)
    {
        try
        {
            if (reason == FinishReason.Cancelled) await desk.CancelAsync(run.RunId, CancellationToken.None).ConfigureAwait(false);
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
