using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Sluice.Journal;
using Sluice.Models;
using Sluice.Runtime.Composition;
using Sluice.Runtime.Loop;
using Sluice.Runtime.Runs;
using Sluice.Storage;

namespace Sluice;

/// <summary>Runs a spec. Thread-safe; made by the front door's <c>SluiceRuntime.Create</c> or <c>AddSluice</c>, which add defaults.</summary>
public partial class AgentRuntime : IAgentRuntime
{
    private readonly RuntimeParts _parts;
    private volatile bool _isDisposed;

    /// <summary>Checks the spec and the options and gets everything ready. Nothing runs yet.</summary>
    /// <param name="spec">What to run.</param>
    /// <param name="options">How to run it.</param>
    /// <param name="defaultProviders">Providers to use beside those of the options, where these have none of the kind.</param>
    /// <exception cref="SpecValidationException">The spec is invalid, or the options do not fit it. All problems are reported together.</exception>
    protected AgentRuntime(RuntimeSpec spec, RuntimeOptions options, params IReadOnlyList<IModelProvider> defaultProviders)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(options);
        spec.EnsureValid();
        _parts = new(spec, options, defaultProviders);
    }

    /// <summary>What is run.</summary>
    public RuntimeSpec Spec => _parts.Compiled.Spec;

    /// <summary>Runs the coordinator, or the only agent, on a prompt, and streams the run's events.</summary>
    /// <param name="prompt">The prompt. Ignored when <paramref name="resume"/> is given.</param>
    /// <param name="threadId">The conversation; null: a new one.</param>
    /// <param name="resume">A run to go on with instead of beginning a new one.</param>
    /// <param name="cancellationToken">Cancels the run; the stream still ends with its terminal event.</param>
    /// <returns>The events. Leaving the enumeration before its end cancels the run.</returns>
    /// <exception cref="SluiceException">There is no agent to run (<c>no_coordinator</c>), the thread is busy, or the run cannot be resumed.</exception>
    public IAsyncEnumerable<RuntimeEvent> QueryAsync(
        string prompt, string? threadId = null, string? resume = null, CancellationToken cancellationToken = default) => resume is null
        ? RunAsync(new() { Prompt = prompt, ThreadId = threadId }, cancellationToken)
        : ResumeAsync(resume, cancellationToken);

    /// <summary>Runs one agent on a prompt, past the coordinator.</summary>
    /// <param name="name">The agent.</param>
    /// <param name="prompt">The prompt.</param>
    /// <param name="threadId">The conversation; null: a new one.</param>
    /// <param name="cancellationToken">Cancels the run; the stream still ends with its terminal event.</param>
    /// <returns>The events. Leaving the enumeration before its end cancels the run.</returns>
    public IAsyncEnumerable<RuntimeEvent> RunSpecialistAsync(
        string name, string prompt, string? threadId = null, CancellationToken cancellationToken = default) =>
        RunAsync(new() { Prompt = prompt, ThreadId = threadId, Agent = name }, cancellationToken);

    /// <summary>Begins a run and streams its events.</summary>
    /// <param name="request">What to run.</param>
    /// <param name="cancellationToken">Cancels the run; the stream still ends with its terminal event.</param>
    /// <returns>The events. Leaving the enumeration before its end cancels the run.</returns>
    /// <exception cref="SluiceException">There is no such agent, the thread is busy, or the run's id is in use.</exception>
    public async IAsyncEnumerable<RuntimeEvent> RunAsync(
        RunRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Check(request);
        ThrowIfDisposed();
        var (run, beginning) = await _parts.Driver.StartAsync(request, cancellationToken).ConfigureAwait(false);
        await foreach (var runtimeEvent in OwnAsync(run, beginning, cancellationToken).ConfigureAwait(false)) yield return runtimeEvent;
    }

    /// <summary>
    /// Calls one tool of an agent, without a model, and streams the events. The call is a run on a thread of its own: its arguments are checked,
    /// its gate asks, and it is recorded as a call of a model is.
    /// </summary>
    /// <param name="request">What to call.</param>
    /// <param name="cancellationToken">Cancels the run; the stream still ends with its terminal event.</param>
    /// <returns>
    /// The events. What came of the call is in its last <see cref="ToolInvocationEvent"/>; a call that fails does not fail the run. Leaving the
    /// enumeration before its end cancels the run.
    /// </returns>
    /// <exception cref="SluiceException">There is no such agent (<c>unknown_agent</c>) or tool (<c>unknown_tool</c>), or the run's id is in use.</exception>
    public async IAsyncEnumerable<RuntimeEvent> CallToolAsync(
        ToolCallRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ThrowIfDisposed();
        FindTool(FindAgent(request.Agent), request.Tool);
        var asked = new RunRequest { Prompt = ToolCallClient.PromptOf(request), Agent = request.Agent, RunId = request.RunId };
        Check(asked);
        var (run, beginning) = await _parts.Driver.StartAsync(asked, cancellationToken, isToolCall: true, request.ExecuteSynchronously).ConfigureAwait(false);
        await foreach (var runtimeEvent in OwnAsync(run, beginning, cancellationToken).ConfigureAwait(false)) yield return runtimeEvent;
    }

    /// <summary>Starts a run that goes on whether or not anybody listens. It is recorded before this completes.</summary>
    /// <param name="request">What to run.</param>
    /// <param name="cancellationToken">Stops the start, not the run.</param>
    public async Task<RunHandle> StartAsync(RunRequest request, CancellationToken cancellationToken = default)
    {
        Check(request);
        ThrowIfDisposed();
        var (run, _) = await _parts.Driver.StartAsync(request, cancellationToken).ConfigureAwait(false);
        return ToHandle(run);
    }

    /// <summary>Goes on with a run that was interrupted or waits in the store, and streams its further events. A run that is being driven is joined.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="cancellationToken">Cancels the run; the stream still ends with its terminal event.</param>
    /// <returns>The events after those that were recorded before. Leaving the enumeration before its end cancels the run.</returns>
    /// <exception cref="SluiceException">The run is unknown (<c>run_not_found</c>) or has ended (<c>run_ended</c>).</exception>
    public async IAsyncEnumerable<RuntimeEvent> ResumeAsync(
        string runId, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ThrowIfDisposed();
        var (run, beginning) = await _parts.Driver.ResumeAsync(runId, cancellationToken).ConfigureAwait(false);
        await foreach (var runtimeEvent in OwnAsync(run, beginning, cancellationToken).ConfigureAwait(false)) yield return runtimeEvent;
    }

    /// <summary>Goes on with a run that was interrupted or waits in the store, whether or not anybody listens. A run that is being driven is joined.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="cancellationToken">Stops the start, not the run.</param>
    /// <exception cref="SluiceException">The run is unknown (<c>run_not_found</c>) or has ended (<c>run_ended</c>).</exception>
    public async Task<RunHandle> TakeUpAsync(string runId, CancellationToken cancellationToken = default)
    {
        ThrowIfDisposed();
        var (run, _) = await _parts.Driver.ResumeAsync(runId, cancellationToken).ConfigureAwait(false);
        return ToHandle(run);
    }

    /// <summary>The events of a run, from any point on; it may be running, waiting or ended. Leaving the enumeration does not stop the run.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="afterSequence">Events up to this one are left out. Default: 0, from the first.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="SluiceException">The run is unknown (<c>run_not_found</c>).</exception>
    public async IAsyncEnumerable<RuntimeEvent> EventsAsync(
        string runId, long afterSequence = 0, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (await GetRunAsync(runId, cancellationToken).ConfigureAwait(false) is null)
            throw new SluiceException(ErrorCodes.RunNotFound, $"There is no run '{runId}'.");
        await foreach (var runtimeEvent in _parts.Reader.ReadAsync(runId, afterSequence, cancellationToken).ConfigureAwait(false))
            yield return runtimeEvent;
    }

    /// <summary>Cancels a run, also one that waits in the store or that another process drives, and waits until that is recorded. Does nothing when the run has ended.</summary>
    /// <exception cref="SluiceException">The run is unknown (<c>run_not_found</c>).</exception>
    public Task CancelAsync(string runId, CancellationToken cancellationToken = default)
    {
        ThrowIfDisposed();
        return _parts.Cancelling.CancelAsync(runId, cancellationToken);
    }

    /// <summary>Answers an approval request. Of several answers exactly one counts.</summary>
    /// <param name="id">The request.</param>
    /// <param name="outcome">The answer.</param>
    /// <param name="feedback">What the decider says to the agent.</param>
    /// <param name="partial">
    /// For plans: body members that replace those of the plan (approve), or a suggestion (revise). For an effect in doubt: its result
    /// (mark_done). Written as camelCase JSON.
    /// </param>
    /// <param name="decidedBy">Who decides, as the host names its users.</param>
    /// <param name="cancellationToken">Stops waiting; an answer that was stored stays.</param>
    /// <returns>The request as it is now; still pending when a quorum is not reached.</returns>
    /// <exception cref="SluiceException">
    /// <c>approval_not_found</c>, <c>approval_already_decided</c>, <c>approval_expired</c>, <c>approval_changed</c>,
    /// <c>approver_not_allowed</c>, <c>invalid_decision</c>, <c>invalid_plan</c> for an edited body that is not valid, or <c>run_ended</c>.
    /// </exception>
    public Task<ApprovalRequest> RespondToApprovalAsync(
        string id, ApprovalOutcome outcome, string? feedback = null, object? partial = null, string? decidedBy = null,
        CancellationToken cancellationToken = default) => RespondToApprovalAsync(
            new()
            {
                Id = id,
                Outcome = outcome,
                Feedback = feedback,
                Partial = partial switch
                {
                    null => null,
                    JsonElement written => written,
                    _ => JsonSerializer.SerializeToElement(partial, Json.SluiceJson.Options),
                },
                DecidedBy = decidedBy,
            },
            cancellationToken);

    /// <summary>Answers an approval request; see the other overload for errors.</summary>
    /// <param name="answer">The answer, possibly with a standing grant.</param>
    /// <param name="cancellationToken">Stops waiting; an answer that was stored stays.</param>
    public async Task<ApprovalRequest> RespondToApprovalAsync(ApprovalAnswer answer, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(answer);
        ThrowIfDisposed();
        var request = await _parts.Desk.RespondAsync(answer, cancellationToken).ConfigureAwait(false);
        if (request.Status != ApprovalStatus.Pending) await _parts.Recovery.WakeAsync(request.RunId).ConfigureAwait(false);
        return request;
    }

    /// <summary>Answers several requests, each alone: one that fails does not keep the others from being decided.</summary>
    /// <param name="answers">The answers.</param>
    /// <param name="cancellationToken">Stops before the next answer.</param>
    /// <returns>Per answer, in order, the request as it is now or the error.</returns>
    public async Task<IReadOnlyList<ApprovalAnswerResult>> RespondToApprovalsAsync(
        IEnumerable<ApprovalAnswer> answers, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(answers);
        var results = new List<ApprovalAnswerResult>();
        foreach (var answer in answers)
        {
            try
            {
                results.Add(new(answer.Id, await RespondToApprovalAsync(answer, cancellationToken).ConfigureAwait(false), null));
            }
            catch (SluiceException exception)
            {
                results.Add(new(answer.Id, null, exception.ToErrorInfo()));
            }
        }

        return results;
    }

    /// <summary>Stores a value for agents to pass on by handle.</summary>
    /// <exception cref="SluiceException"><c>unknown_reference_kind</c> or <c>invalid_reference</c>.</exception>
    public async Task<ReferenceEnvelope> CreateReferenceAsync<T>(
        ReferenceSpec<T> spec, T value, object? glimpse = null, CancellationToken cancellationToken = default) =>
        await _parts.References.CreateAsync(spec, value, glimpse, cancellationToken).ConfigureAwait(false);

    /// <summary>Stores a value under a kind by name; it is written as camelCase JSON.</summary>
    /// <exception cref="SluiceException"><c>unknown_reference_kind</c> or <c>invalid_reference</c>.</exception>
    public async Task<ReferenceEnvelope> CreateReferenceAsync(
        string kind, object value, object? glimpse = null, CancellationToken cancellationToken = default) =>
        await _parts.References.CreateAsync(kind, JsonSerializer.SerializeToElement(value, Json.SluiceJson.Options), glimpse, cancellationToken)
            .ConfigureAwait(false);

    /// <summary>Reads the full value behind a handle.</summary>
    /// <exception cref="SluiceException"><c>reference_not_found</c> or <c>reference_expired</c>.</exception>
    public async Task<JsonElement> ResolveReferenceAsync(ReferenceHandle reference, CancellationToken cancellationToken = default) =>
        await _parts.References.ResolveAsync(reference, cancellationToken).ConfigureAwait(false);

    /// <summary>Reads the full value behind a handle as <typeparamref name="T"/>.</summary>
    /// <exception cref="SluiceException"><c>reference_not_found</c> or <c>reference_expired</c>.</exception>
    public async Task<T> ResolveReferenceAsync<T>(ReferenceHandle reference, CancellationToken cancellationToken = default) =>
        await _parts.References.ResolveAsync<T>(reference, cancellationToken).ConfigureAwait(false);

    /// <summary>Reads the envelope with the glimpse, not the value.</summary>
    /// <exception cref="SluiceException"><c>reference_not_found</c> or <c>reference_expired</c>.</exception>
    public async Task<ReferenceEnvelope> ReferenceGlimpseAsync(ReferenceHandle reference, CancellationToken cancellationToken = default) =>
        await _parts.References.GlimpseAsync(reference, cancellationToken).ConfigureAwait(false);

    /// <summary>The tools an agent has, built-in ones included, by name.</summary>
    /// <exception cref="SluiceException">There is no such agent (<c>unknown_agent</c>).</exception>
    public IReadOnlyList<ToolSpec> ListTools(string agent) => [.. FindAgent(agent).Tools.Values.Select(tool => tool.Spec)];

    /// <summary>Which rule decides whether a tool, or with <c>execute_plan</c> a plan, is gated, and why.</summary>
    /// <exception cref="SluiceException">There is no such agent (<c>unknown_agent</c>) or tool (<c>unknown_tool</c>).</exception>
    public ApprovalExplanation ExplainApproval(string agent, string tool)
    {
        var found = FindAgent(agent);
        if (tool == BuiltInTools.ExecutePlan) return found.PlanApproval;
        return FindTool(found, tool).Approval;
    }

    /// <summary>A client for a model, as the runtime's interpreter answers for it: with retries and fallbacks where it is live. Its calls belong to no run.</summary>
    /// <param name="model">The model. Its provider is one of the spec's.</param>
    /// <returns>A client that gives a <see cref="Models.RetryContent"/> in its stream when a call is made again. The runtime disposes what is behind it.</returns>
    /// <exception cref="SpecValidationException">No provider serves the model, or one has no key.</exception>
    public IChatClient GetChatClient(ModelSpec model)
    {
        ArgumentNullException.ThrowIfNull(model);
        ThrowIfDisposed();
        var problems = new List<SpecError>();
        return _parts.Options.Interpreter.FindClient(model, "model", _parts.Models, problems)
            ?? throw new SpecValidationException(problems, ErrorCodes.InvalidOptions);
    }

    /// <summary>
    /// Begins a new run, on a thread of its own, that goes on from what another one had recorded up to an entry. The original may be running,
    /// waiting or ended, and is never changed. The fork asks for approvals anew.
    /// </summary>
    /// <param name="runId">The original.</param>
    /// <param name="atEntry">The last entry of the original that the fork takes over, from 1.</param>
    /// <param name="options">Its ids, and whether its effects happen. Default: new ids, and no effects.</param>
    /// <param name="cancellationToken">Stops the start, not the run.</param>
    /// <exception cref="SluiceException">
    /// The run is unknown (<c>run_not_found</c>), cannot be forked there (<c>invalid_fork</c>), was begun under another spec
    /// (<c>spec_changed</c>), or the new run's id is in use (<c>run_active</c>).
    /// </exception>
    public async Task<RunHandle> ForkAsync(string runId, long atEntry, ForkOptions? options = null, CancellationToken cancellationToken = default)
    {
        ThrowIfDisposed();
        var fork = await _parts.Forks.CreateAsync(runId, atEntry, options ?? new(), cancellationToken).ConfigureAwait(false);
        return ToHandle((await _parts.Driver.ResumeAsync(fork, CancellationToken.None).ConfigureAwait(false)).Run);
    }

    /// <summary>
    /// Removes runs that ended long ago, with their journals, requests, places on threads, and the plans that are done. What has not ended, or
    /// is approved or executing, stays. May be repeated when it was interrupted.
    /// </summary>
    /// <param name="options">How old, and what else goes.</param>
    /// <param name="cancellationToken">Stops; what was removed stays removed.</param>
    /// <exception cref="ArgumentException">The options do not say how old, or say it twice.</exception>
    public async Task<PruneResult> PruneAsync(PruneOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        return await _parts.Pruner.PruneAsync(options, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Removes the runs of a thread, all of which have ended, with all that <see cref="PruneAsync"/> removes with a run, however old; the thread
    /// goes with its last run. May be repeated when it was interrupted. References stay until they expire.
    /// </summary>
    /// <param name="threadId">The thread. One that is not known has no runs.</param>
    /// <param name="cancellationToken">Stops; what was removed stays removed.</param>
    /// <returns>What was removed, and how many runs stay because a plan of theirs is approved or executing.</returns>
    /// <exception cref="SluiceException">A run of it has not ended (<c>thread_busy</c>); nothing was removed.</exception>
    public async Task<PruneResult> RemoveThreadAsync(string threadId, CancellationToken cancellationToken = default)
    {
        ThrowIfDisposed();
        return await _parts.Pruner.RemoveThreadAsync(threadId, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Stops driving: running and waiting runs leave memory and stay resumable where the storage outlives the runtime.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        await _parts.Housekeeping.DisposeAsync().ConfigureAwait(false);
        _parts.Recovery.Dispose();
        var stopping = _parts.Active.Close().Select(run => Cancelling.StopAsync(run, StopRequest.Suspend));
        await Task.WhenAll(stopping).ConfigureAwait(false);
        _parts.Reader.Dispose();
        await _parts.Ownership.DisposeAsync().ConfigureAwait(false);
        _parts.Models.Dispose();
        if (_parts.OwnsStorage) await _parts.Storage.DisposeAsync().ConfigureAwait(false);
        GC.SuppressFinalize(this);
    }

    /// <summary>Reads a run on behalf of the one it belongs to: when the reader leaves, the run is cancelled.</summary>
    private async IAsyncEnumerable<RuntimeEvent> OwnAsync(
        ActiveRun run, RunFeed.Node from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var registration = cancellationToken.UnsafeRegister(static state => ((ActiveRun)state!).RequestStop(StopRequest.Cancel), run);
        try
        {
            await foreach (var runtimeEvent in _parts.Reader.FollowAsync(run, from, CancellationToken.None).ConfigureAwait(false))
                yield return runtimeEvent;

            // Whoever asks for the run after its last event must not be told that it is driven here still.
            await run.CompletionAsync().ConfigureAwait(false);
        }
        finally
        {
            await registration.DisposeAsync().ConfigureAwait(false);
            if (run.Terminal is null && Cancelling.IsSuspended(await Cancelling.StopAsync(run, StopRequest.Cancel).ConfigureAwait(false)) && !_isDisposed)
                await CancelAsync(run.RunId, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private static void Check(RunRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(request.Prompt, nameof(request));
        if (request.RunId is { } runId) ArgumentException.ThrowIfNullOrWhiteSpace(runId, nameof(request));
        if (request.ThreadId is { } threadId) ArgumentException.ThrowIfNullOrWhiteSpace(threadId, nameof(request));
        if (request.EvalSample is not { } sample) return;
        ArgumentException.ThrowIfNullOrWhiteSpace(sample.EvalRunId, nameof(request));
        ArgumentException.ThrowIfNullOrWhiteSpace(sample.TestCaseId, nameof(request));
        ArgumentOutOfRangeException.ThrowIfLessThan(sample.Sample, 1, nameof(request));
    }

    private RunHandle ToHandle(ActiveRun run) => new(
        run.RunId, run.ThreadId, run.CompletionAsync(),
        (after, token) => _parts.Reader.ReadAsync(run.RunId, after, token),
        () => CancelAsync(run.RunId, CancellationToken.None));

    private CompiledAgent FindAgent(string agent) => _parts.Compiled.Agents.GetValueOrDefault(agent) ?? throw new SluiceException(
        ErrorCodes.UnknownAgent, $"There is no agent '{agent}'. The agents are: {string.Join(", ", _parts.Compiled.Agents.Keys)}.");

    private static CompiledTool FindTool(CompiledAgent agent, string tool) => agent.Tools.GetValueOrDefault(tool) ?? throw new SluiceException(
        ErrorCodes.UnknownTool, $"Agent '{agent.Name}' has no tool '{tool}'. It has: {string.Join(", ", agent.Tools.Keys)}.");

    private void ThrowIfDisposed()
    {
        if (_isDisposed) throw new SluiceException(ErrorCodes.ShuttingDown, "The runtime is shutting down.");
    }
}
