using System.Text.Json;
using Sluice.Journal;
using Sluice.Json;
using Sluice.Runtime.Loop;
using Sluice.Runtime.Runs;
using Sluice.Runtime.Tools;
using Sluice.Storage;

namespace Sluice.Runtime.Approvals;

/// <summary>
/// Stops a step until a person decides. The request is stored before it is shown; the policy that asked is kept with it and never derived
/// anew; a decision is applied to nothing but the request it names.
/// </summary>
internal sealed class ApprovalGate(IApprovalStore store, TenantSpec tenant, DecisionSeal seal, TimeProvider time)
{
    private const string Step = "approval";

    /// <summary>Judges a tool call: leaves it free, makes a request, or refuses it when it was refused before.</summary>
    public async ValueTask JudgeAsync(ToolCall call)
    {
        var journal = call.Frame.Run.Journal;
        var tool = call.Tool!;
        // A request that was made stands, whatever the rules say by now.
        if (tool.Approval.Policy.Mode == ApprovalMode.Never && !journal.IsResumed) return;
        var key = StepKey.Sub(call.Key, Step);
        if (journal.Recorded<ApprovalRequestedData>(JournalEntryKind.ApprovalRequested, key) is { } asked)
        {
            call.Request = asked.Request;
            return;
        }

        if (tool.Approval.Policy.Mode == ApprovalMode.Never
            || journal.Recorded<ToolStartedData>(JournalEntryKind.ToolStarted, call.Key) is not null || !Asks(call))
            return;
        var digest = CanonicalJson.Sha256Hex(JsonSerializer.SerializeToElement(
            new { tool = tool.Name, version = tool.Version, arguments = call.Arguments }, SluiceJson.Options));
        if (call.Frame.Run.Refused.TryGet(digest, out var feedback))
            call.Outcome = RefusedBefore(tool.Name, feedback);
        else if (!await IsGrantedAsync(call, digest).ConfigureAwait(false))
            call.Request = await AskAsync(call.Frame, key, ApprovalKind.Tool, tool.Name, call.Arguments, digest, tool.Approval, null).ConfigureAwait(false);
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
            Id = $"approval-{CallContext.KeyOf(run.RunId, key)}",
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
        await run.Journal.AppendAsync(
            key, frame.Agent.Name, new ApprovalRequestedData { Request = request, PlanLabel = planLabel }, RunState.Waiting).ConfigureAwait(false);
        return request;
    }

    /// <summary>Waits for the decision on a request and records it. Waiting holds no thread and no timer.</summary>
    public async ValueTask<ApprovalDecidedData> WaitAsync(Frame frame, string key, ApprovalRequest request, (string Id, string Label)? plan)
    {
        var run = frame.Run;
        var decided = run.Journal.Recorded<ApprovalDecidedData>(JournalEntryKind.ApprovalDecided, key);
        if (decided is null)
        {
            var current = await WaitForDecisionAsync(frame, request).ConfigureAwait(false);
            decided = await VerifyAsync(request, current, plan).ConfigureAwait(false);
            await run.Journal.AppendAsync(key, frame.Agent.Name, decided, RunState.Running).ConfigureAwait(false);
        }

        if (decided.Outcome != ApprovalOutcome.Approve) run.Refused.Add(request.Digest, decided.Feedback);
        return decided;
    }

    private async ValueTask<ApprovalRequest> WaitForDecisionAsync(Frame frame, ApprovalRequest request)
    {
        var run = frame.Run;
        while (true)
        {
            var next = run.NextDecision();
            var current = await GetAsync(request.Id, run.CancellationToken).ConfigureAwait(false);
            if (current.Status != ApprovalStatus.Pending)
            {
                run.WaitingSince = null;
                return current;
            }

            run.WaitingSince ??= time.GetUtcNow();
            await next.WaitAsync(run.CancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask<ApprovalDecidedData> VerifyAsync(ApprovalRequest asked, ApprovalRequest current, (string Id, string Label)? plan)
    {
        if (current.Digest != asked.Digest)
            throw new RunFaultException(ErrorCodes.Internal, $"Approval request '{asked.Id}' was changed in the store: its digest is another one.");
        var decision = current.Decision;
        if (decision is not null && !await seal.IsGenuineAsync(current, decision).ConfigureAwait(false))
            throw new RunFaultException(ErrorCodes.Internal, $"The decision on approval request '{asked.Id}' was changed in the store: its MAC does not fit.");
        var outcome = decision?.Outcome ?? ApprovalOutcome.Reject;
        return new()
        {
            ApprovalId = asked.Id,
            Digest = asked.Digest,
            Outcome = outcome,
            Feedback = decision is null ? "expired" : decision.Feedback,
            Partial = decision?.Partial,
            DecidedBy = decision?.DecidedBy,
            Mac = decision?.Mac,
            PlanId = outcome == ApprovalOutcome.Approve ? null : plan?.Id,
            PlanLabel = outcome == ApprovalOutcome.Approve ? null : plan?.Label,
        };
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

    private async ValueTask<bool> IsGrantedAsync(ToolCall call, string digest)
    {
        var run = call.Frame.Run;
        foreach (var grant in await store.ListGrantsAsync(tenant, call.Tool!.Name, run.CancellationToken).ConfigureAwait(false))
        {
            if (grant.Scope == ApprovalGrantScope.Run ? grant.RunId == run.RunId : grant.Digest == digest) return true;
        }

        return false;
    }

    private static ToolOutcome Rejected(string tool, string? feedback) => ToolOutcome.Failed(
        ErrorCodes.Rejected,
        $"'{tool}' was rejected{(string.IsNullOrWhiteSpace(feedback) ? "" : $": {feedback}")}. Do not call it again with these arguments.");

    private static ToolOutcome RefusedBefore(string tool, string? feedback) => ToolOutcome.Failed(
        ErrorCodes.Rejected,
        $"This very call of '{tool}' was rejected before in this run{(string.IsNullOrWhiteSpace(feedback) ? "" : $" ({feedback})")} and is not asked for again. Do something else.");
}
