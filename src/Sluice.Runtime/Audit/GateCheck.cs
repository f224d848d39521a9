using Sluice.Journal;
using Sluice.Runtime.Approvals;
using Sluice.Runtime.Plans;

namespace Sluice.Runtime.Audit;

/// <summary>Looks for steps that waited for a decision and were done without an approval.</summary>
internal static class GateCheck
{
    public static void Check(IReadOnlyList<AuditStep> steps, AuditFindings findings)
    {
        var gates = new Dictionary<string, Gate>(StringComparer.Ordinal);
        foreach (var (entry, data) in steps)
        {
            if (data is ApprovalRequestedData asked) gates.TryAdd(entry.Key, new(asked.Request, null));
            else if (data is ApprovalDecidedData decided && gates.TryGetValue(entry.Key, out var open)) gates[entry.Key] = open with { Decided = decided };
            else if (IsDone(data)) Check(entry, data, gates, findings);
        }
    }

    private static void Check(JournalEntry entry, JournalData data, Dictionary<string, Gate> gates, AuditFindings findings)
    {
        foreach (var key in GatesOf(entry.Key, data))
        {
            if (!gates.TryGetValue(key, out var gate)) continue;
            if (gate.Decided is not { Outcome: ApprovalOutcome.Approve })
            {
                var answer = gate.Decided is { } other ? $"been answered with {Words.Of(other.Outcome)}" : "no decision";
                findings.Add(
                    entry.Sequence, AuditProblemCodes.EffectUndecided, $"Entry {entry.Sequence} says that '{entry.Key}' was done, and gate '{key}' had {answer}.");
            }
            else if (gate.Asked.Kind == ApprovalKind.Plan && PlanOf(data) is { } plan && plan != gate.Asked.Target)
            {
                findings.Add(
                    entry.Sequence, AuditProblemCodes.EffectUndecided, $"Plan '{gate.Asked.Target}' was approved, and entry {entry.Sequence} applies plan '{plan}'.");
            }
            else if (data is PlanChangedData { To: PlanStatus.Approved } approved && approved.By != gate.Decided.DecidedBy)
            {
                findings.Add(
                    entry.Sequence, AuditProblemCodes.PlanDiffers,
                    $"Plan '{approved.PlanId}' was approved by '{gate.Decided.DecidedBy}', and entry {entry.Sequence} names '{approved.By}'.");
            }
        }
    }

    private static string? PlanOf(JournalData data) => data switch
    {
        PlanChangedData plan => plan.PlanId,
        ActionStartedData action => action.PlanId,
        ActionCompletedData action => action.PlanId,
        _ => null,
    };

    /// <summary>Whether an entry says that what a gate holds back has happened. A refused call has a result too, but an error.</summary>
    private static bool IsDone(JournalData data) => data is FrameStartedData or TurnCompletedData or ToolStartedData or ToolCompletedData { Result: not null }
        or PlanChangedData or ActionStartedData or ActionCompletedData or ReferenceCreatedData;

    /// <summary>The gates that a step is behind: of its own call, and of the calls that opened the frames around it.</summary>
    private static IEnumerable<string> GatesOf(string key, JournalData data)
    {
        var call = CallOf(key);
        if (call is not null && data is PlanChangedData or ActionStartedData or ActionCompletedData)
            yield return StepKey.Sub(call!, PlanExecution.Approval);
        for (; call is not null; call = CallOf(StepKey.FrameOf(call).ToString()))
            yield return StepKey.Sub(call, ApprovalGate.Step);
    }

    /// <summary>The call that a key names, is a part of, or is in the frame of; null in the first frame, outside its calls.</summary>
    private static string? CallOf(string key)
    {
        var end = key.IndexOf('#', StringComparison.Ordinal);
        var whole = end < 0 ? key : key[..end];
        var slashes = whole.AsSpan().Count('/');
        if (slashes == 0) return null;
        return slashes % 2 == 0 ? whole : CallOf(whole[..whole.LastIndexOf('/')]);
    }

    /// <summary>What was asked at a step, and the answer once there is one.</summary>
    private readonly record struct Gate(ApprovalRequest Asked, ApprovalDecidedData? Decided);
}
