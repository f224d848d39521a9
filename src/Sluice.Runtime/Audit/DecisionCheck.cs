using System.Text.Json;
using Sluice.Journal;
using Sluice.Json;
using Sluice.Runtime.Approvals;
using Sluice.Runtime.Journal;
using Sluice.Runtime.Runs;
using Sluice.Storage;

namespace Sluice.Runtime.Audit;

/// <summary>Compares requests and decisions in a journal with the stored ones, and those with their seals.</summary>
internal sealed class DecisionCheck(IApprovalStore store, TenantSpec tenant, Verdicts verdicts)
{
    public async ValueTask CheckAsync(IReadOnlyList<AuditStep> steps, AuditFindings findings, CancellationToken cancellationToken)
    {
        var asked = new Dictionary<string, (ApprovalRequest Asked, ApprovalRequest? Stored)>(StringComparer.Ordinal);
        foreach (var (entry, data) in steps)
        {
            switch (data)
            {
                case ApprovalRequestedData { Request: var request }:
                    asked[request.Id] = (request, await FindAsync(entry, request, findings, cancellationToken).ConfigureAwait(false));
                    break;
                case ApprovalDecidedData decided when !asked.TryGetValue(decided.ApprovalId, out var known) || known.Asked.Digest != decided.Digest:
                    findings.Add(entry.Sequence, AuditProblemCodes.DecisionUnasked, $"Request '{decided.ApprovalId}' was decided, and this was not asked.");
                    break;
                case ApprovalDecidedData decided when asked[decided.ApprovalId] is (var question, { } stored):
                    if (await FindDoubtAsync(decided, question, stored).ConfigureAwait(false) is { } doubt)
                        findings.Add(entry.Sequence, AuditProblemCodes.DecisionForged, $"The decision on request '{decided.ApprovalId}' is not genuine: {doubt}");
                    break;
            }
        }
    }

    /// <summary>The stored row of a request; null, and reported, when it is not there or asks something else.</summary>
    private async ValueTask<ApprovalRequest?> FindAsync(
        JournalEntry entry, ApprovalRequest asked, AuditFindings findings, CancellationToken cancellationToken)
    {
        var stored = await store.GetAsync(tenant, asked.Id, cancellationToken).ConfigureAwait(false);
        if (stored is null)
            findings.Add(entry.Sequence, AuditProblemCodes.RequestMissing, $"Request '{asked.Id}' is not in the store.");
        else if (!Verdicts.IsSameQuestion(asked, stored) || asked.RunId != entry.RunId || asked.StepKey != entry.Key)
            findings.Add(entry.Sequence, AuditProblemCodes.RequestChanged, $"Request '{asked.Id}' does not say any more what was asked at '{entry.Key}'.");
        else
            return stored;
        return null;
    }

    /// <summary>Why a recorded decision cannot be believed, as a sentence; null when it can.</summary>
    private async ValueTask<string?> FindDoubtAsync(ApprovalDecidedData recorded, ApprovalRequest asked, ApprovalRequest stored)
    {
        if (stored.Status == ApprovalStatus.Pending) return "the store still waits for it.";
        try
        {
            var genuine = await verdicts.ReadAsync(asked, stored, null).ConfigureAwait(false);
            return AreEqual(genuine with { PlanId = recorded.PlanId, PlanLabel = recorded.PlanLabel }, recorded) ? null : "the store holds another one.";
        }
        catch (RunFaultException tampered)
        {
            return tampered.Message;
        }
    }

    private static bool AreEqual(ApprovalDecidedData one, ApprovalDecidedData other) =>
        CanonicalJson.AreEqual(JsonElement.Parse(EntryWriter.Write(one)), JsonElement.Parse(EntryWriter.Write(other)));
}
