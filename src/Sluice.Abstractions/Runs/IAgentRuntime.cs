using System.Text.Json;
using Microsoft.Extensions.AI;
using Sluice.Journal;

namespace Sluice;

/// <summary>A runtime as those see it who drive agents from outside: evals, servers, pages. Thread-safe.</summary>
public interface IAgentRuntime : IAsyncDisposable
{
    /// <summary>What is run.</summary>
    RuntimeSpec Spec { get; }

    /// <summary>Begins a run and streams its events. Leaving the enumeration before its end cancels the run.</summary>
    /// <param name="request">What to run.</param>
    /// <param name="cancellationToken">Cancels the run; the stream still ends with its terminal event.</param>
    /// <exception cref="SluiceException">There is no such agent, the thread is busy, or the run's id is in use.</exception>
    IAsyncEnumerable<RuntimeEvent> RunAsync(RunRequest request, CancellationToken cancellationToken = default);

    /// <summary>The tools an agent has, built-in ones included.</summary>
    /// <exception cref="SluiceException">There is no such agent (<c>unknown_agent</c>).</exception>
    IReadOnlyList<ToolSpec> ListTools(string agent);

    /// <summary>
    /// Calls one tool of an agent, without a model, and streams the events. The call is a run on a thread of its own: its arguments are checked,
    /// its gate asks, and it is recorded as a call of a model is. Leaving the enumeration before its end cancels the run.
    /// </summary>
    /// <param name="request">What to call.</param>
    /// <param name="cancellationToken">Cancels the run; the stream still ends with its terminal event.</param>
    /// <returns>The events. What came of the call is in its last <see cref="ToolInvocationEvent"/>; a call that fails does not fail the run.</returns>
    /// <exception cref="SluiceException">There is no such agent (<c>unknown_agent</c>) or tool (<c>unknown_tool</c>), or the run's id is in use.</exception>
    IAsyncEnumerable<RuntimeEvent> CallToolAsync(ToolCallRequest request, CancellationToken cancellationToken = default);

    /// <summary>Answers an approval request. Of several answers exactly one counts.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="cancellationToken">Stops waiting; an answer that was stored stays.</param>
    /// <returns>The request as it is now; still pending when a quorum is not reached.</returns>
    /// <exception cref="SluiceException">The request is unknown or decided, or the answer does not fit it.</exception>
    Task<ApprovalRequest> RespondToApprovalAsync(ApprovalAnswer answer, CancellationToken cancellationToken = default);

    /// <summary>A run; null when the tenant has no such run.</summary>
    Task<RunRecord?> GetRunAsync(string runId, CancellationToken cancellationToken = default);

    /// <summary>A run's journal, in order; none when the tenant has no such run.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="afterSequence">Entries up to this one are left out. Default: 0, from the first.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    IAsyncEnumerable<JournalEntry> JournalAsync(string runId, long afterSequence = 0, CancellationToken cancellationToken = default);

    /// <summary>A run as a trace; null when the tenant has no such run.</summary>
    /// <param name="id">The run.</param>
    /// <param name="includeContent">Whether the trace has prompts, answers, arguments, results and messages of errors.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    Task<Trace?> GetTraceAsync(string id, bool includeContent = false, CancellationToken cancellationToken = default);

    /// <summary>What there are traces of, newest first. Conditions that are left out let everything pass.</summary>
    /// <param name="evalRunId">Only samples of this eval.</param>
    /// <param name="testCaseId">Only samples of this test case.</param>
    /// <param name="threadId">Only runs of this thread.</param>
    /// <param name="after">Only runs that come after this place of the list: the last one of the page before.</param>
    /// <param name="limit">The most to return, 1 to 1000.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not from 1 to 1000.</exception>
    Task<IReadOnlyList<TraceHeader>> ListTracesAsync(
        string? evalRunId = null, string? testCaseId = null, string? threadId = null, RunCursor? after = null, int limit = 100,
        CancellationToken cancellationToken = default);

    /// <summary>A stored plan; null when the tenant has no such plan.</summary>
    Task<StoredPlan?> GetPlanAsync(string planId, CancellationToken cancellationToken = default);

    /// <summary>Reads the envelope of a stored value with its glimpse, not the value.</summary>
    /// <exception cref="SluiceException"><c>reference_not_found</c> or <c>reference_expired</c>.</exception>
    Task<ReferenceEnvelope> ReferenceGlimpseAsync(ReferenceHandle reference, CancellationToken cancellationToken = default);

    /// <summary>Reads the full value behind a handle.</summary>
    /// <exception cref="SluiceException"><c>reference_not_found</c> or <c>reference_expired</c>.</exception>
    Task<JsonElement> ResolveReferenceAsync(ReferenceHandle reference, CancellationToken cancellationToken = default);

    /// <summary>A client for a model of the spec's providers, answered by the runtime's interpreter. The runtime disposes it.</summary>
    /// <exception cref="SpecValidationException">No provider serves the model, or one has no key.</exception>
    IChatClient GetChatClient(ModelSpec model);
}
