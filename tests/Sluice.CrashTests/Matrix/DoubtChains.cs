using Sluice.CrashTests.Kills;
using Sluice.Journal;
using Sluice.Testing;

namespace Sluice.CrashTests.Matrix;

/// <summary>
/// Kills that only a run in doubt meets: the effect is claimed, the process dies, and then one process after the other dies at each step of
/// asking and being answered.
/// </summary>
internal static class DoubtChains
{
    /// <summary>For tool calls and an action that can neither be looked up nor repeated.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Of(IReadOnlyList<string> boundaries)
    {
        var crate = Claim(boundaries, "move crate");
        var invoice = Claim(boundaries, "post invoice");
        var memo = Claim(boundaries, "memo first");
        return
        [
            Whole(JournalEntryKind.ToolStarted, crate, "move crate"),
            Whole(JournalEntryKind.ToolStarted, invoice, "post invoice"),
            Whole(JournalEntryKind.ActionStarted, memo, "memo first"),
            // Each alone: the request, or the answer, is in the store then, so the next process may be past what comes after it at once.
            [crate, KillSwitch.Write("after", StorageOperation.AddApproval, 1)],
            [invoice, KillSwitch.Append("before", JournalEntryKind.ApprovalRequested, Asked(StepOf(invoice, JournalEntryKind.ToolStarted), 1))],
            [memo, KillSwitch.Write("after", StorageOperation.UpdateApproval, 1)],
        ];
    }

    /// <summary>The boundary between an effect and its claim.</summary>
    private static string Claim(IReadOnlyList<string> boundaries, string effect) => boundaries[boundaries.ToList().IndexOf($"before effect {effect}") - 1];

    private static string StepOf(string claim, JournalEntryKind kind) => claim[KillSwitch.Append("after", kind, "").Length..];

    private static string Asked(string step, int attempt) => $"{step}#in_doubt/{attempt}";

    /// <summary>The first answer is to try again. That attempt dies with its effect done, so the second answer is another one.</summary>
    private static IReadOnlyList<string> Whole(JournalEntryKind kind, string claim, string effect)
    {
        var step = StepOf(claim, kind);
        return [claim, .. Question(step, 1), $"after effect {effect}", .. Question(step, 2)];
    }

    private static IEnumerable<string> Question(string step, int attempt) =>
    [
        KillSwitch.Write("before", StorageOperation.AddApproval, 1),
        KillSwitch.Append("after", JournalEntryKind.ApprovalRequested, Asked(step, attempt)),
        KillSwitch.Write("before", StorageOperation.UpdateApproval, 1),
        KillSwitch.Append("before", JournalEntryKind.ApprovalDecided, Asked(step, attempt)),
        KillSwitch.Append("after", JournalEntryKind.ApprovalDecided, Asked(step, attempt)),
    ];
}
