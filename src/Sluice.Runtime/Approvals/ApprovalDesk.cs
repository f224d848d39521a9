using System.Text.Json;
using Sluice.Json;
using Sluice.Runtime.Plans;
using Sluice.Storage;

namespace Sluice.Runtime.Approvals;

/// <summary>Takes people's answers. Of several answers to one request exactly one counts; every other gets an error that says why.</summary>
internal sealed class ApprovalDesk(
    IApprovalStore store, TenantSpec tenant, DecisionSeal seal, PlanLifecycle plans, TimeProvider time)
{
    private const string GrantPrefix = "grant-";

    /// <summary>The id of the request whose decision gave a grant.</summary>
    public static string RequestOf(ApprovalGrant grant) =>
        grant.Id.StartsWith(GrantPrefix, StringComparison.Ordinal) ? grant.Id[GrantPrefix.Length..] : grant.Id;

    public async ValueTask<ApprovalRequest> RespondAsync(ApprovalAnswer answer, CancellationToken cancellationToken)
    {
        while (true)
        {
            var request = await store.GetAsync(tenant, answer.Id, cancellationToken).ConfigureAwait(false)
                ?? throw new SluiceException(ErrorCodes.ApprovalNotFound, $"There is no approval request '{answer.Id}'.");
            CheckOpen(request);
            CheckAnswer(request, answer);
            if (request.Kind == ApprovalKind.Plan)
                await plans.CheckDecisionAsync(request, answer, cancellationToken).ConfigureAwait(false);
            var decided = await DecideAsync(request, answer).ConfigureAwait(false);
            // Before the decision, which wakes the run: it may look for the grant at once. Without its decision a grant is worth nothing.
            await GrantAsync(decided, answer, cancellationToken).ConfigureAwait(false);
            if (await store.TryUpdateAsync(tenant, decided, request.Version, cancellationToken).ConfigureAwait(false)) return decided;

            // Somebody else answered meanwhile: look again, and say so.
        }
    }

    /// <summary>Rejects what nobody decided in time.</summary>
    public async ValueTask ExpireAsync(CancellationToken cancellationToken)
    {
        var due = await store.ListAsync(
            tenant, new() { Status = ApprovalStatus.Pending, ExpiresBy = time.GetUtcNow(), Limit = 1000 }, cancellationToken).ConfigureAwait(false);
        foreach (var request in due)
            await CloseAsync(request, ApprovalStatus.Expired, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Closes the open requests of a run that ended.</summary>
    public async ValueTask CancelAsync(string runId, CancellationToken cancellationToken)
    {
        var open = await store.ListAsync(
            tenant, new() { Status = ApprovalStatus.Pending, RunId = runId, Limit = 1000 }, cancellationToken).ConfigureAwait(false);
        foreach (var request in open)
            await CloseAsync(request, ApprovalStatus.Cancelled, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Notes that nobody has to be told any more what became of a request.</summary>
    public async ValueTask SettleAsync(ApprovalRequest closed) => await store.TryUpdateAsync(
        tenant, closed with { IsApplied = true, Version = closed.Version + 1 }, closed.Version, CancellationToken.None).ConfigureAwait(false);

    private ValueTask<bool> CloseAsync(ApprovalRequest request, ApprovalStatus status, CancellationToken cancellationToken) =>
        store.TryUpdateAsync(
            tenant,
            // A run that ended takes nothing up any more.
            request with { Status = status, IsApplied = status == ApprovalStatus.Cancelled, Version = request.Version + 1 },
            request.Version, cancellationToken);

    private void CheckOpen(ApprovalRequest request)
    {
        // Who closes it also wakes its run, so a late answer leaves that to the next round of housekeeping.
        var isLate = request.Status == ApprovalStatus.Pending && request.ExpiresAt <= time.GetUtcNow();
        switch (isLate ? ApprovalStatus.Expired : request.Status)
        {
            case ApprovalStatus.Decided:
                throw new SluiceException(
                    ErrorCodes.ApprovalAlreadyDecided,
                    $"Approval request '{request.Id}' was decided at {request.Decision!.At:u}{By(request.Decision)}: {ApprovalOutcomes.Name(request.Decision.Outcome)}.");
            case ApprovalStatus.Expired:
                throw new SluiceException(ErrorCodes.ApprovalExpired, $"Approval request '{request.Id}' expired at {request.ExpiresAt:u}.");
            case ApprovalStatus.Cancelled:
                throw new SluiceException(ErrorCodes.RunEnded, $"Run '{request.RunId}', which asked, has ended.");
        }
    }

    private static void CheckAnswer(ApprovalRequest request, ApprovalAnswer answer)
    {
        var policy = request.Policy;
        if (!ApprovalOutcomes.IsFor(request.Kind, answer.Outcome))
        {
            throw Invalid(
                $"Request '{request.Id}' {About(request.Kind)}: the outcome is {ApprovalOutcomes.NamesFor(request.Kind)}, not '{ApprovalOutcomes.Name(answer.Outcome)}'.");
        }

        if (policy.Approvers.Count > 0 && (answer.DecidedBy is null || !policy.Approvers.Contains(answer.DecidedBy, StringComparer.Ordinal)))
        {
            throw new SluiceException(
                ErrorCodes.ApproverNotAllowed,
                $"{(answer.DecidedBy is null ? "Somebody unnamed" : $"'{answer.DecidedBy}'")} may not decide request '{request.Id}'; allowed: {string.Join(", ", policy.Approvers)}.");
        }

        if (policy.Quorum > 1 && string.IsNullOrWhiteSpace(answer.DecidedBy))
            throw new SluiceException(ErrorCodes.ApproverNotAllowed, $"Request '{request.Id}' needs {policy.Quorum} approvers; say who decides.");
        if (request.Decisions.Any(decision => decision.DecidedBy == answer.DecidedBy) && policy.Quorum > 1)
            throw new SluiceException(ErrorCodes.ApproverNotAllowed, $"'{answer.DecidedBy}' has answered request '{request.Id}' before.");
        if (answer.Partial is { } partial) CheckPartial(request, answer.Outcome, partial);
        if (answer.Grant is not null && (request.Kind != ApprovalKind.Tool || answer.Outcome != ApprovalOutcome.Approve || policy.Quorum > 1))
            throw Invalid("A standing grant comes with the approval of a tool call that needs one approver.");
    }

    private static void CheckPartial(ApprovalRequest request, ApprovalOutcome outcome, JsonElement partial)
    {
        if (request.Kind == ApprovalKind.Tool) throw Invalid("Only plans can be edited with 'partial'.");
        if (request.Kind == ApprovalKind.InDoubt && outcome != ApprovalOutcome.MarkDone)
            throw Invalid("'partial' is the result of what is marked as done; it comes with mark_done only.");
        if (partial.ValueKind != JsonValueKind.Object)
            throw Invalid($"'partial' is an object{(request.Kind == ApprovalKind.Plan ? " of body members" : "")}.");
        CheckCanonical(partial);
        if (outcome == ApprovalOutcome.Reject) throw Invalid("A rejection takes no 'partial'; use revise to suggest one.");
        if (outcome == ApprovalOutcome.Approve && request.Policy.Quorum > 1)
            throw Invalid("A request with a quorum cannot be edited on approval: the others approve what they saw. Use revise.");
        if (request.Kind == ApprovalKind.InDoubt && EffectInDoubt.IsOfPlan(request)) InDoubtAnswers.ReadResult(partial);
    }

    private static void CheckCanonical(JsonElement partial)
    {
        try
        {
            CanonicalJson.Sha256Hex(partial);
        }
        catch (JsonException exception)
        {
            throw Invalid($"'partial' cannot be stored. {exception.Message}");
        }
    }

    private async ValueTask<ApprovalRequest> DecideAsync(ApprovalRequest request, ApprovalAnswer answer)
    {
        var decision = new ApprovalDecision
        {
            Outcome = answer.Outcome,
            Feedback = answer.Feedback,
            Partial = answer.Partial,
            DecidedBy = answer.DecidedBy,
            Grant = answer.Grant,
            At = time.GetUtcNow(),
            Mac = "",
        };
        decision = decision with { Mac = await seal.SealAsync(request, decision).ConfigureAwait(false) };
        var isFinal = answer.Outcome != ApprovalOutcome.Approve || request.Decisions.Count + 1 >= request.Policy.Quorum;
        return request with
        {
            Decisions = [.. request.Decisions, decision],
            Status = isFinal ? ApprovalStatus.Decided : ApprovalStatus.Pending,
            Version = request.Version + 1,
        };
    }

    private async ValueTask GrantAsync(ApprovalRequest decided, ApprovalAnswer answer, CancellationToken cancellationToken)
    {
        if (answer.Grant is not { } scope) return;
        await store.AddGrantAsync(
            tenant,
            new()
            {
                Id = $"{GrantPrefix}{decided.Id}",
                Scope = scope,
                ToolName = decided.Target,
                RunId = decided.RunId,
                Digest = scope == ApprovalGrantScope.Arguments ? decided.Digest : null,
                GrantedBy = answer.DecidedBy,
                At = time.GetUtcNow(),
            },
            cancellationToken).ConfigureAwait(false);
    }

    private static SluiceException Invalid(string message) => new(ErrorCodes.InvalidDecision, message);

    private static string By(ApprovalDecision decision) => decision.DecidedBy is null ? "" : $" by {decision.DecidedBy}";

    private static string About(ApprovalKind kind) => kind switch
    {
        ApprovalKind.InDoubt => "asks what became of an effect",
        ApprovalKind.Plan => "asks to execute a plan",
        _ => "asks to run a tool call",
    };
}
