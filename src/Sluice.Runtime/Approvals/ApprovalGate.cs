using System.Text.Json;
using Sluice.Journal;
using Sluice.Json;
using Sluice.Runtime.Diagnostics;
using Sluice.Runtime.Loop;
using Sluice.Runtime.Runs;
using Sluice.Runtime.Tools;
using Sluice.Storage;

namespace Sluice.Runtime.Approvals;

/// <summary>
/// Stops a step until a person decides. The request is stored before it is shown; the policy that asked is kept with it and never derived
/// anew; a decision is applied to nothing but the request it names.
/// </summary>
internal sealed class ApprovalGate(IApprovalStore store, TenantSpec tenant, Verdicts verdicts, TimeProvider time)
{
    internal const string Step = "approval";

    /// <summary>Judges a tool call: leaves it free, makes a request, or refuses it when it was refused before.</summary>
    public async ValueTask JudgeAsync(ToolCall call)
    {
        var journal = call.Frame.Run.Journal;
        var tool = call.Tool!;
        // A request that was made stands, whatever the rules say by now.
        if (tool.Approval.Policy.Mode == ApprovalMode.Never && !journal.IsResumed) return;
        var key = StepKey.Sub(call.Key, Step);
        var asked = journal.Recorded<ApprovalRequestedData>(JournalEntryKind.ApprovalRequested, key)?.Request;
        var isClaimed = journal.Recorded<ToolStartedData>(JournalEntryKind.ToolStarted, call.Key) is not null;
        if (asked is null && (tool.Approval.Policy.Mode == ApprovalMode.Never || isClaimed || !Asks(call))) return;
        if (TryDigest(call) is not { } digest) return;
        if (asked is not null && asked.Digest != digest && !isClaimed)
            call.Outcome = await DropAsync(asked, call).ConfigureAwait(false);
        else if (asked is not null)
            call.Request = Reopen(call.Frame, key, asked);
        else if (call.Frame.Run.Refused.Find(digest) is { } verdict)
            call.Outcome = RefusedBefore(tool.Name, verdict.Feedback);
        else if (!await verdicts.IsGrantedAsync(call, digest).ConfigureAwait(false))
            call.Request = await AskAsync(call.Frame, key, ApprovalKind.Tool, tool.Name, call.Arguments, digest, tool.Approval, null).ConfigureAwait(false);
    }

    /// <summary>SHA-256, in hex, of what a person approves; null when the arguments have no canonical form, which is the call's outcome then.</summary>
    private static string? TryDigest(ToolCall call)
    {
        try
        {
            return CanonicalJson.Sha256Hex(JsonSerializer.SerializeToElement(
                new { tool = call.Tool!.Name, version = call.Tool.Version, arguments = call.Arguments }, SluiceJson.Options));
        }
        catch (JsonException exception)
        {
            call.Outcome = ToolOutcome.Failed(ErrorCodes.InvalidArguments, $"The arguments of '{call.Tool!.Name}' cannot be approved. {exception.Message}");
            return null;
        }
    }

    /// <summary>Takes up a request that was made before the run left memory.</summary>
    private static ApprovalRequest Reopen(Frame frame, string key, ApprovalRequest asked)
    {
        if (frame.Run.Journal.Recorded<ApprovalDecidedData>(JournalEntryKind.ApprovalDecided, key) is null) frame.Run.Open(asked.Id);
        return asked;
    }

    /// <summary>Withdraws a request for a tool that is another one now.</summary>
    private async ValueTask<ToolOutcome> DropAsync(ApprovalRequest asked, ToolCall call)
    {
        var current = await GetAsync(asked.Id, call.Frame.Run.CancellationToken).ConfigureAwait(false);
        if (current.Status == ApprovalStatus.Pending)
        {
            await store.TryUpdateAsync(
                tenant, current with { Status = ApprovalStatus.Cancelled, IsApplied = true, Version = current.Version + 1 }, current.Version, call.Frame.Run.CancellationToken)
                .ConfigureAwait(false);
        }

        return ToolOutcome.Failed(
            ErrorCodes.ApprovalChanged, $"'{call.Tool!.Name}' was changed after its approval was asked for, so the answer does not hold. Call it again to ask anew.");
    }

    /// <summary>Waits for the decision on a call; null when the call may run.</summary>
    public async ValueTask<ToolOutcome?> WaitAsync(ToolCall call)
    {
        if (call.Request is null) return null;
        var verdict = await WaitAsync(call.Frame, StepKey.Sub(call.Key, Step), call.Request, null).ConfigureAwait(false);
        return verdict.Outcome == ApprovalOutcome.Approve ? null : Rejected(call.Tool!.Name, verdict.Feedback);
    }

    /// <summary>Makes a request, once.</summary>
    public async ValueTask<ApprovalRequest> AskAsync(
        Frame frame, string key, ApprovalKind kind, string target, JsonElement payload, string digest, ApprovalExplanation rule, string? planLabel)
    {
        var run = frame.Run;
        var now = time.GetUtcNow();
        var request = new ApprovalRequest
        {
            Id = IdOf(run, key),
            Kind = kind,
            Target = target,
            Payload = payload,
            Digest = digest,
            Policy = rule.Policy,
            Rule = rule.Rule,
            RunId = run.RunId,
            ThreadId = run.ThreadId,
            Agent = frame.Agent.Name,
            StepKey = key,
            CreatedAt = now,
            ExpiresAt = rule.Policy.ExpiresAfter is { } life ? now + life : null,
        };
        if (!await store.TryAddAsync(tenant, request, run.CancellationToken).ConfigureAwait(false))
            request = await GetAsync(request.Id, run.CancellationToken).ConfigureAwait(false);
        await RecordAsync(frame, key, request, planLabel).ConfigureAwait(false);
        return request;
    }

    /// <summary>The request that a step made before; null when it made none. One that a crash kept from being recorded is recorded now.</summary>
    public async ValueTask<ApprovalRequest?> ReopenAsync(Frame frame, string key)
    {
        if (frame.Run.Journal.Recorded<ApprovalRequestedData>(JournalEntryKind.ApprovalRequested, key) is { } asked) return asked.Request;
        var stored = await store.GetAsync(tenant, IdOf(frame.Run, key), frame.Run.CancellationToken).ConfigureAwait(false);
        if (stored is not null) await RecordAsync(frame, key, stored, null).ConfigureAwait(false);
        return stored;
    }

    /// <summary>Waits for the decision on a request and records it. Waiting holds no thread and no timer.</summary>
    public async ValueTask<ApprovalDecidedData> WaitAsync(Frame frame, string key, ApprovalRequest request, (string Id, string Label)? plan)
    {
        var run = frame.Run;
        var decided = run.Journal.Recorded<ApprovalDecidedData>(JournalEntryKind.ApprovalDecided, key);
        if (decided is null)
        {
            run.Open(request.Id);
            using var activity = SluiceDiagnostics.StartApproval(frame, request);
            var current = await WaitForDecisionAsync(frame, request).ConfigureAwait(false);
            decided = await verdicts.ReadAsync(request, current, plan).ConfigureAwait(false);
            SluiceDiagnostics.EndApproval(activity, decided);
            run.Settle(request.Id);
            await run.Journal.AppendAsync(
                key, frame.Agent.Name, decided, run.HasOpenRequests ? RunState.Waiting : RunState.Running).ConfigureAwait(false);
            await MarkAppliedAsync(current).ConfigureAwait(false);
        }

        run.Refused.Add(decided);
        return decided;
    }

    /// <summary>From here on nobody has to wake the run for this request. Before the verdict is in the journal a crash would lose the wake-up.</summary>
    private async ValueTask MarkAppliedAsync(ApprovalRequest closed)
    {
        if (!closed.IsApplied)
        {
            await store.TryUpdateAsync(
                tenant, closed with { IsApplied = true, Version = closed.Version + 1 }, closed.Version, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private static string IdOf(ActiveRun run, string key) => $"approval-{CallContext.KeyOf(run.RunId, key)}";

    private static async ValueTask RecordAsync(Frame frame, string key, ApprovalRequest request, string? planLabel)
    {
        frame.Run.Open(request.Id);
        await frame.Run.Journal.AppendAsync(
            key, frame.Agent.Name, new ApprovalRequestedData { Request = request, PlanLabel = planLabel }, RunState.Waiting).ConfigureAwait(false);
    }

    private async ValueTask<ApprovalRequest> WaitForDecisionAsync(Frame frame, ApprovalRequest request)
    {
        var run = frame.Run;
        while (true)
        {
            var next = run.NextDecision();
            var current = await GetAsync(request.Id, run.CancellationToken).ConfigureAwait(false);
            if (current.Status == ApprovalStatus.Cancelled) throw Cancelled(run);
            if (current.Status != ApprovalStatus.Pending) return current;
            run.BeginWait(next, time.GetUtcNow());
            await next.WaitAsync(run.CancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Requests are cancelled with their run: a crash came before its end was recorded.</summary>
    private static OperationCanceledException Cancelled(ActiveRun run)
    {
        run.RequestStop(StopRequest.Cancel);
        return new(run.CancellationToken);
    }

    private async ValueTask<ApprovalRequest> GetAsync(string id, CancellationToken cancellationToken) =>
        await store.GetAsync(tenant, id, cancellationToken).ConfigureAwait(false)
        ?? throw new RunFaultException(ErrorCodes.Internal, $"Approval request '{id}' is gone from the store.");

    private bool Asks(ToolCall call)
    {
        var policy = call.Tool!.Approval.Policy;
        if (policy.Mode == ApprovalMode.Always) return true;
        try
        {
            return policy.Predicate!(call.Arguments, new()
            {
                ToolName = call.Tool.Name,
                ToolUseId = call.Id,
                Agent = call.Frame.Agent.Name,
                RunId = call.Frame.Run.RunId,
                ThreadId = call.Frame.Run.ThreadId,
                Tenant = tenant,
            });
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Whatever a predicate throws, it did not say that the call is harmless.
            return true;
        }
    }

    private static ToolOutcome Rejected(string tool, string? feedback) => ToolOutcome.Failed(
        ErrorCodes.Rejected,
        $"'{tool}' was rejected{(string.IsNullOrWhiteSpace(feedback) ? "" : $": {feedback}")}. Do not call it again with these arguments.");

    private static ToolOutcome RefusedBefore(string tool, string? feedback) => ToolOutcome.Failed(
        ErrorCodes.Rejected,
        $"This very call of '{tool}' was rejected before in this run{(string.IsNullOrWhiteSpace(feedback) ? "" : $" ({feedback})")} and is not asked for again. Do something else.");
}
