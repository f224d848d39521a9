using Sluice.Journal;
using Sluice.Storage;

namespace Sluice;

/// <content>What is recorded, and whether it is as it was written.</content>
public partial class AgentRuntime
{
    /// <summary>The tenant's approval requests, oldest first, or newest first where the filter says so. Default: those that wait.</summary>
    public async Task<IReadOnlyList<ApprovalRequest>> ListApprovalsAsync(ApprovalFilter? filter = null, CancellationToken cancellationToken = default) =>
        await _parts.Storage.Approvals.ListAsync(Spec.Tenant, filter ?? ApprovalFilter.Pending, cancellationToken).ConfigureAwait(false);

    /// <summary>An approval request; null when the tenant has no such request.</summary>
    public async Task<ApprovalRequest?> GetApprovalAsync(string id, CancellationToken cancellationToken = default) =>
        await _parts.Storage.Approvals.GetAsync(Spec.Tenant, id, cancellationToken).ConfigureAwait(false);

    /// <summary>The data that the tools of toolkit <c>catalog</c> work on, as the options gave it; null: none.</summary>
    public IToolkitProvider? DataEnvironment => _parts.Options.DataEnvironment;

    /// <summary>The tenant's threads, last used first.</summary>
    /// <param name="after">Only threads that come after this place of the list: the last one of the page before.</param>
    /// <param name="limit">The most to return, 1 to 1000.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not from 1 to 1000.</exception>
    public async Task<IReadOnlyList<ThreadRecord>> ListThreadsAsync(
        ThreadCursor? after = null, int limit = 100, CancellationToken cancellationToken = default) =>
        await _parts.Storage.Threads.ListAsync(Spec.Tenant, after, limit, cancellationToken).ConfigureAwait(false);

    /// <summary>A thread; null when the tenant has no such thread.</summary>
    public async Task<ThreadRecord?> GetThreadAsync(string threadId, CancellationToken cancellationToken = default) =>
        await _parts.Storage.Threads.GetAsync(Spec.Tenant, threadId, cancellationToken).ConfigureAwait(false);

    /// <summary>The tenant's runs, newest first. Default: all.</summary>
    public async Task<IReadOnlyList<RunRecord>> ListRunsAsync(RunFilter? filter = null, CancellationToken cancellationToken = default) =>
        await _parts.Directory.ListAsync(filter ?? RunFilter.All, cancellationToken).ConfigureAwait(false);

    /// <summary>A run; null when the tenant has no such run.</summary>
    public async Task<RunRecord?> GetRunAsync(string runId, CancellationToken cancellationToken = default) =>
        await _parts.Directory.GetAsync(runId, cancellationToken).ConfigureAwait(false);

    /// <summary>A run's journal, in order; none when the tenant has no such run.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="afterSequence">Entries up to this one are left out. Default: 0, from the first.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public IAsyncEnumerable<JournalEntry> JournalAsync(string runId, long afterSequence = 0, CancellationToken cancellationToken = default) =>
        _parts.Storage.Journal.ReadAsync(Spec.Tenant, runId, afterSequence, cancellationToken);

    /// <summary>A run as a trace: its agents, model calls, tool calls, waits and actions, told from its journal. It may be running, waiting or ended.</summary>
    /// <param name="id">The run.</param>
    /// <param name="includeContent">Whether the trace has prompts, answers, arguments, results and messages of errors. Default: false, as in telemetry.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The trace; null when the tenant has no such run.</returns>
    public async Task<Trace?> GetTraceAsync(string id, bool includeContent = false, CancellationToken cancellationToken = default) =>
        await _parts.Traces.ReadAsync(id, includeContent, cancellationToken).ConfigureAwait(false);

    /// <summary>What there are traces of, newest first. Conditions that are left out let everything pass.</summary>
    /// <param name="evalRunId">Only samples of this eval.</param>
    /// <param name="testCaseId">Only samples of this test case.</param>
    /// <param name="threadId">Only runs of this thread.</param>
    /// <param name="after">Only runs that come after this place of the list: the last one of the page before.</param>
    /// <param name="limit">The most to return, 1 to 1000.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not from 1 to 1000.</exception>
    public async Task<IReadOnlyList<TraceHeader>> ListTracesAsync(
        string? evalRunId = null, string? testCaseId = null, string? threadId = null, RunCursor? after = null, int limit = 100,
        CancellationToken cancellationToken = default)
    {
        var filter = new RunFilter { EvalRunId = evalRunId, TestCaseId = testCaseId, ThreadId = threadId, After = after, Limit = limit };
        return await _parts.Traces.ListAsync(filter, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A stored plan; null when the tenant has no such plan.</summary>
    public async Task<StoredPlan?> GetPlanAsync(string planId, CancellationToken cancellationToken = default) =>
        await _parts.Storage.Plans.GetAsync(Spec.Tenant, planId, cancellationToken).ConfigureAwait(false);

    /// <summary>The tenant's plans, newest first. Default: all.</summary>
    public async Task<IReadOnlyList<StoredPlan>> ListPlansAsync(PlanFilter? filter = null, CancellationToken cancellationToken = default) =>
        await _parts.Storage.Plans.ListAsync(Spec.Tenant, filter ?? PlanFilter.All, cancellationToken).ConfigureAwait(false);

    /// <summary>Checks that the records of a run are as they were written: the chain of its journal, its row, requests, decisions and plans.</summary>
    /// <exception cref="SluiceException">The run is unknown (<c>run_not_found</c>).</exception>
    public async Task<AuditReport> VerifyAsync(string runId, CancellationToken cancellationToken = default) =>
        await _parts.Verifier.VerifyAsync(runId, cancellationToken).ConfigureAwait(false);

    /// <summary>Checks the records of all the tenant's runs, newest first, one after the other.</summary>
    public IAsyncEnumerable<AuditReport> VerifyAllAsync(CancellationToken cancellationToken = default) => _parts.Verifier.VerifyAllAsync(cancellationToken);

    /// <summary>The account of a run: who proposed, who approved, who did what, and with which result. It may be running, waiting or ended.</summary>
    /// <exception cref="SluiceException">The run is unknown (<c>run_not_found</c>).</exception>
    public async Task<RunAudit> AuditAsync(string runId, CancellationToken cancellationToken = default) =>
        await _parts.Auditor.ReadAsync(runId, cancellationToken).ConfigureAwait(false);
}
