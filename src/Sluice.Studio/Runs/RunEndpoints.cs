using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sluice.Journal;
using Sluice.Studio.Hosting;
using Sluice.Studio.Paging;
using Sluice.Studio.Workspaces;

namespace Sluice.Studio.Runs;

/// <summary>The runs of a workspace: what they are, what happened in them, and what can be done about them.</summary>
internal sealed class RunEndpoints(WorkspaceTable workspaces, TimeProvider time)
{
    private const int MostEvents = 5000;

    public void Map(RouteGroupBuilder workspace)
    {
        workspace.MapPost("/threads/{thread}/runs", StartAsync).WithSummary("Begins a run on a thread, which is made when it is new");
        workspace.MapGet("/runs", ListAsync).WithSummary("Runs, newest first");
        workspace.MapGet("/runs/{run}", GetAsync).WithSummary("A run, what it was asked and what it used");
        workspace.MapGet("/runs/{run}/events", EventsAsync)
            .WithSummary("A run's events: as they come (text/event-stream, Last-Event-ID) or those that are recorded (application/json)")
            .Produces<EventPage>();
        workspace.MapGet("/runs/{run}/trace", TraceAsync).WithSummary("A run as spans");
        workspace.MapGet("/runs/{run}/audit", AuditAsync).WithSummary("Who proposed, approved and did what");
        workspace.MapGet("/runs/{run}/verification", VerifyAsync).WithSummary("Whether the records are as they were written");
        workspace.MapGet("/runs/{run}/journal", JournalAsync).WithSummary("The journal's entries, in order");
        workspace.MapPost("/runs/{run}/cancel", CancelAsync).WithSummary("Cancels a run; does nothing when it has ended");
        workspace.MapPost("/runs/{run}/resume", ResumeAsync).WithSummary("Goes on with a run that was interrupted or waits");
        workspace.MapPost("/runs/{run}/fork", ForkAsync).WithSummary("Begins a new run from a step of this one");
    }

    private async Task<Accepted<StartedRun>> StartAsync(string workspace, string thread, Body<StartRun> body, CancellationToken cancellationToken)
    {
        var runtime = await FindAsync(workspace, cancellationToken).ConfigureAwait(false);
        if (string.IsNullOrWhiteSpace(body.Value.Prompt)) throw new BadHttpRequestException("'prompt' is empty.");
        if (string.IsNullOrWhiteSpace(thread)) throw new BadHttpRequestException("The thread's id is empty.");
        if (body.Value.RunId is { } id && string.IsNullOrWhiteSpace(id)) throw new BadHttpRequestException("'runId' is empty.");
        var request = new RunRequest { Prompt = body.Value.Prompt, Agent = body.Value.Agent, RunId = body.Value.RunId, ThreadId = thread };
        var run = await runtime.StartAsync(request, cancellationToken).ConfigureAwait(false);
        return new(new(run.RunId, run.ThreadId));
    }

    private async Task<Answer<Page<RunSummary>>> ListAsync(
        string workspace, string? thread, Named<RunState>? state, string? evalRun, string? testCase, [AsParameters] PageRequest page, CancellationToken cancellationToken)
    {
        var runtime = await FindAsync(workspace, cancellationToken).ConfigureAwait(false);
        var filter = new RunFilter
        {
            ThreadId = thread,
            State = state?.Value,
            EvalRunId = evalRun,
            TestCaseId = testCase,
            After = page.Read(2) is [var at, var id] ? new(PageRequest.ReadTime(at), id) : null,
            Limit = page.Size + 1,
        };
        var runs = await runtime.ListRunsAsync(filter, cancellationToken).ConfigureAwait(false);
        return new(await page.TakeAsync(runs, SummarizeAsync, last => PageRequest.Write(PageRequest.WriteTime(last.StartedAt), last.RunId)).ConfigureAwait(false));

        async ValueTask<RunSummary> SummarizeAsync(RunRecord run) => new(run, (await FirstAsync(runtime, run.RunId, cancellationToken).ConfigureAwait(false))?.Prompt);
    }

    private async Task<Answer<RunDetails>> GetAsync(string workspace, string run, CancellationToken cancellationToken)
    {
        var runtime = await FindAsync(workspace, cancellationToken).ConfigureAwait(false);
        var record = await FindRunAsync(runtime, run, cancellationToken).ConfigureAwait(false);
        var trace = await runtime.GetTraceAsync(run, includeContent: false, cancellationToken).ConfigureAwait(false);
        var started = await FirstAsync(runtime, run, cancellationToken).ConfigureAwait(false);
        return new(new()
        {
            Run = record,
            Prompt = started?.Prompt,
            ForkedFrom = started?.ForkedFrom?.RunId,
            ForkedAt = started?.ForkedFrom?.Sequence,
            SpecHash = started?.SpecHash,
            Usage = trace?.Usage ?? new(),
            CostUsd = trace?.CostUsd,
        });
    }

    private async Task EventsAsync(HttpContext http, string workspace, string run, long? after, int? limit)
    {
        var runtime = await FindAsync(workspace, http.RequestAborted).ConfigureAwait(false);
        var record = await FindRunAsync(runtime, run, http.RequestAborted).ConfigureAwait(false);
        if (!http.Request.GetTypedHeaders().Accept.Any(accepted => accepted.MediaType == "text/event-stream"))
        {
            var page = await ReadEventsAsync(runtime, record, after ?? 0, limit ?? 1000, http.RequestAborted).ConfigureAwait(false);
            await new Answer<EventPage>(page).ExecuteAsync(http).ConfigureAwait(false);
            return;
        }

        if (after < 0) throw new BadHttpRequestException("'after' is negative.");
        var position = EventStream.LastEventId(http.Request) ?? after ?? 0;
        await new RunEventStream(runtime, time).SendAsync(http, record, position).ConfigureAwait(false);
    }

    private static async Task<EventPage> ReadEventsAsync(AgentRuntime runtime, RunRecord run, long after, int limit, CancellationToken cancellationToken)
    {
        if (after < 0) throw new BadHttpRequestException("'after' is negative.");
        if (limit is < 1 or > MostEvents) throw new BadHttpRequestException($"'limit' is {limit}: from 1 to {MostEvents}.");
        var events = new List<RuntimeEvent>();
        if (after < run.LastEvent)
        {
            await foreach (var runtimeEvent in runtime.EventsAsync(run.RunId, after, cancellationToken).ConfigureAwait(false))
            {
                events.Add(runtimeEvent);
                if (events.Count == limit || runtimeEvent.Sequence >= run.LastEvent) break;
            }
        }

        return new(events, run.LastEvent, run.State);
    }

    private async Task<Answer<Trace>> TraceAsync(string workspace, string run, bool? content, CancellationToken cancellationToken)
    {
        var runtime = await FindAsync(workspace, cancellationToken).ConfigureAwait(false);
        return new(await runtime.GetTraceAsync(run, content ?? false, cancellationToken).ConfigureAwait(false) ?? throw NoRun(run));
    }

    private async Task<Answer<RunAudit>> AuditAsync(string workspace, string run, CancellationToken cancellationToken)
    {
        var runtime = await FindAsync(workspace, cancellationToken).ConfigureAwait(false);
        return new(await runtime.AuditAsync(run, cancellationToken).ConfigureAwait(false));
    }

    private async Task<Answer<AuditReport>> VerifyAsync(string workspace, string run, CancellationToken cancellationToken)
    {
        var runtime = await FindAsync(workspace, cancellationToken).ConfigureAwait(false);
        return new(await runtime.VerifyAsync(run, cancellationToken).ConfigureAwait(false));
    }

    private async Task<Answer<Page<JournalLine>>> JournalAsync(
        string workspace, string run, [AsParameters] PageRequest page, CancellationToken cancellationToken)
    {
        var runtime = await FindAsync(workspace, cancellationToken).ConfigureAwait(false);
        await FindRunAsync(runtime, run, cancellationToken).ConfigureAwait(false);
        var after = page.Read(1) is [var sequence] ? ReadSequence(sequence) : 0;
        var entries = new List<JournalLine>();
        await foreach (var entry in runtime.JournalAsync(run, after, cancellationToken).ConfigureAwait(false))
        {
            entries.Add(JournalLine.Of(entry));
            if (entries.Count > page.Size) break;
        }

        return new(page.Take(entries, last => PageRequest.Write(last.Sequence.ToString(CultureInfo.InvariantCulture))));
    }

    private async Task<Answer<RunRecord>> CancelAsync(string workspace, string run, CancellationToken cancellationToken)
    {
        var runtime = await FindAsync(workspace, cancellationToken).ConfigureAwait(false);
        await runtime.CancelAsync(run, cancellationToken).ConfigureAwait(false);
        return new(await FindRunAsync(runtime, run, cancellationToken).ConfigureAwait(false));
    }

    private async Task<Accepted<StartedRun>> ResumeAsync(string workspace, string run, CancellationToken cancellationToken)
    {
        var runtime = await FindAsync(workspace, cancellationToken).ConfigureAwait(false);
        var record = await FindRunAsync(runtime, run, cancellationToken).ConfigureAwait(false);
        await runtime.TakeUpAsync(run, cancellationToken).ConfigureAwait(false);
        return new(new(run, record.ThreadId));
    }

    private async Task<Accepted<StartedRun>> ForkAsync(string workspace, string run, Body<ForkRun> body, CancellationToken cancellationToken)
    {
        var runtime = await FindAsync(workspace, cancellationToken).ConfigureAwait(false);
        var fork = await runtime.ForkAsync(run, body.Value.AtEntry, new() { Effects = body.Value.Effects }, cancellationToken).ConfigureAwait(false);
        return new(new(fork.RunId, fork.ThreadId));
    }

    private async Task<AgentRuntime> FindAsync(string workspace, CancellationToken cancellationToken) =>
        (await workspaces.GetAsync(workspace, cancellationToken).ConfigureAwait(false)).Runtime;

    private static async Task<RunRecord> FindRunAsync(AgentRuntime runtime, string run, CancellationToken cancellationToken) =>
        await runtime.GetRunAsync(run, cancellationToken).ConfigureAwait(false) ?? throw NoRun(run);

    /// <summary>What a run's first entry says; null when nothing is recorded.</summary>
    private static async ValueTask<RunStartedData?> FirstAsync(AgentRuntime runtime, string run, CancellationToken cancellationToken)
    {
        await foreach (var entry in runtime.JournalAsync(run, cancellationToken: cancellationToken).ConfigureAwait(false)) return entry.ReadData() as RunStartedData;
        return null;
    }

    private static SluiceException NoRun(string run) => new(ErrorCodes.RunNotFound, $"There is no run '{run}'.");

    private static long ReadSequence(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
        ? sequence
        : throw new BadHttpRequestException($"'{text}' is no place in a journal.");
}
