using Sluice.Journal;
using Sluice.Json;
using Sluice.Runtime.Runs;
using Sluice.Runtime.Tools;
using Sluice.Storage;

namespace Sluice.Runtime.Approvals;

/// <summary>Reads what people decided. A row is believed only where it says what was asked and what is sealed.</summary>
internal sealed class Verdicts(IApprovalStore store, TenantSpec tenant, DecisionSeal seal)
{
    /// <summary>The verdict on a request that is no longer pending.</summary>
    public async ValueTask<ApprovalDecidedData> ReadAsync(ApprovalRequest asked, ApprovalRequest current, (string Id, string Label)? plan)
    {
        if (!IsSameQuestion(asked, current)) throw Tampered(asked.Id, "it does not say any more what was asked");
        var decision = current.Status == ApprovalStatus.Decided ? await CheckAsync(asked, current).ConfigureAwait(false) : null;
        // Silence is a refusal of what was not done yet; it says nothing of what may have happened.
        if (decision is null && asked.Kind == ApprovalKind.InDoubt) throw Tampered(asked.Id, "it was closed and nobody said what became of the effect");
        var outcome = decision?.Outcome ?? ApprovalOutcome.Reject;
        return new()
        {
            ApprovalId = asked.Id,
            Digest = asked.Digest,
            Outcome = outcome,
            Feedback = decision is null ? "expired" : decision.Feedback,
            Partial = decision?.Partial,
            DecidedBy = decision?.DecidedBy,
            Grant = decision?.Grant,
            Mac = decision?.Mac,
            PlanId = outcome == ApprovalOutcome.Approve ? null : plan?.Id,
            PlanLabel = outcome == ApprovalOutcome.Approve ? null : plan?.Label,
        };
    }

    /// <summary>Whether a standing grant lets a call through. The grant's row only points to the decision that gave it.</summary>
    public async ValueTask<bool> IsGrantedAsync(ToolCall call, string digest)
    {
        var run = call.Frame.Run;
        foreach (var grant in await store.ListGrantsAsync(tenant, call.Tool!.Name, run.CancellationToken).ConfigureAwait(false))
        {
            if (grant.Scope == ApprovalGrantScope.Run ? grant.RunId != run.RunId : grant.Digest != digest) continue;
            if (await IsGivenAsync(grant, call.Tool.Name, run.CancellationToken).ConfigureAwait(false)) return true;
        }

        return false;
    }

    private async ValueTask<bool> IsGivenAsync(ApprovalGrant grant, string tool, CancellationToken cancellationToken)
    {
        var request = await store.GetAsync(tenant, ApprovalDesk.RequestOf(grant), cancellationToken).ConfigureAwait(false);
        return request?.Decision is { Outcome: ApprovalOutcome.Approve } decision
            && decision.Grant == grant.Scope && request.Target == tool
            && (grant.Scope == ApprovalGrantScope.Run ? request.RunId == grant.RunId : request.Digest == grant.Digest)
            && await seal.IsGenuineAsync(request, decision).ConfigureAwait(false);
    }

    internal static bool IsSameQuestion(ApprovalRequest asked, ApprovalRequest current) =>
        current.Digest == asked.Digest && current.Kind == asked.Kind && current.Target == asked.Target && current.RunId == asked.RunId
        && CanonicalJson.AreEqual(current.Payload, asked.Payload);

    /// <summary>Checks every answer, and that together they decide under the policy that asked, not under the one that the row shows now.</summary>
    private async ValueTask<ApprovalDecision> CheckAsync(ApprovalRequest asked, ApprovalRequest current)
    {
        foreach (var answer in current.Decisions)
        {
            if (!await seal.IsGenuineAsync(asked, answer).ConfigureAwait(false)) throw Tampered(asked.Id, "the MAC of a decision does not fit");
        }

        if (current.Decisions.Count == 0) throw Tampered(asked.Id, "it counts as decided and nobody decided");
        var decision = current.Decisions[^1];
        if (!ApprovalOutcomes.IsFor(asked.Kind, decision.Outcome)) throw Tampered(asked.Id, "its decision is no answer to what was asked");
        if (decision.Outcome != ApprovalOutcome.Approve) return decision;
        var policy = asked.Policy;
        var isReached = policy.Quorum <= 1 || current.Decisions.Select(answer => answer.DecidedBy).Distinct(StringComparer.Ordinal).Count() >= policy.Quorum;
        var isAllowed = policy.Approvers.Count == 0
            || current.Decisions.All(answer => policy.Approvers.Contains(answer.DecidedBy, StringComparer.Ordinal));
        var isUnanimous = current.Decisions.All(answer => answer.Outcome == ApprovalOutcome.Approve);
        return isReached && isAllowed && isUnanimous ? decision : throw Tampered(asked.Id, "its decisions do not satisfy the policy that asked");
    }

    private static RunFaultException Tampered(string id, string how) => new(
        ErrorCodes.ApprovalChanged, $"Approval request '{id}' was changed in the store: {how}. Nothing that it gates was run.");
}
