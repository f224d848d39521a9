using System.Text.Json;

namespace Sluice.Runtime.Approvals;

/// <summary>Which outcomes answer which kind of request.</summary>
internal static class ApprovalOutcomes
{
    private static readonly ApprovalOutcome[] Permissions = [ApprovalOutcome.Approve, ApprovalOutcome.Reject, ApprovalOutcome.Revise];
    private static readonly ApprovalOutcome[] Accounts = [ApprovalOutcome.Retry, ApprovalOutcome.MarkDone, ApprovalOutcome.MarkFailed];

    public static bool IsFor(ApprovalKind kind, ApprovalOutcome outcome) => Of(kind).Contains(outcome);

    /// <summary>The outcomes that answer a kind of request, as a list in words.</summary>
    public static string NamesFor(ApprovalKind kind)
    {
        var allowed = Of(kind);
        return $"{Name(allowed[0])}, {Name(allowed[1])} or {Name(allowed[2])}";
    }

    /// <summary>The outcome as it stands on the wire.</summary>
    public static string Name(ApprovalOutcome outcome) => JsonNamingPolicy.SnakeCaseLower.ConvertName(outcome.ToString());

    private static ApprovalOutcome[] Of(ApprovalKind kind) => kind == ApprovalKind.InDoubt ? Accounts : Permissions;
}
