using Sluice.Cli.Output;

namespace Sluice.Cli.Approvals;

/// <summary>The answers to approval requests by their names on the wire.</summary>
internal static class OutcomeName
{
    public static IReadOnlyList<string> All { get; } = [.. Enum.GetValues<ApprovalOutcome>().Select(Of)];

    public static string Of(ApprovalOutcome outcome) => WireName.Of(outcome);

    /// <summary>The answer of this name; null: there is none.</summary>
    public static ApprovalOutcome? TryRead(string name)
    {
        foreach (var outcome in Enum.GetValues<ApprovalOutcome>())
            if (Of(outcome) == name) return outcome;
        return null;
    }
}
