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
    /// <summary>One chain for a tool call and one for an action that cannot be looked up or repeated.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Of(IReadOnlyList<string> boundaries) =>
    [
        Chain(boundaries, JournalEntryKind.ToolStarted, "effect move crate"),
        Chain(boundaries, JournalEntryKind.ToolStarted, "effect post invoice"),
        Chain(boundaries, JournalEntryKind.ActionStarted, "effect memo first"),
    ];

    private static IReadOnlyList<string> Chain(IReadOnlyList<string> boundaries, JournalEntryKind kind, string effect)
    {
        var claimed = boundaries[boundaries.ToList().IndexOf($"before {effect}") - 1];
        var step = claimed[KillSwitch.Append("after", kind, "").Length..];
        return
        [
            KillSwitch.Append("after", kind, step),
            .. Question(step, 1),
            // The answer was to try again: this attempt dies with its effect done, so the next answer is another one.
            $"after {effect}",
            .. Question(step, 2),
        ];
    }

    private static IEnumerable<string> Question(string step, int attempt)
    {
        var asked = $"{step}#in_doubt/{attempt}";
        return
        [
            KillSwitch.Write("before", StorageOperation.AddApproval, 1),
            KillSwitch.Write("after", StorageOperation.AddApproval, 1),
            KillSwitch.Append("before", JournalEntryKind.ApprovalRequested, asked),
            KillSwitch.Append("after", JournalEntryKind.ApprovalRequested, asked),
            KillSwitch.Write("before", StorageOperation.UpdateApproval, 1),
            KillSwitch.Write("after", StorageOperation.UpdateApproval, 1),
            KillSwitch.Append("before", JournalEntryKind.ApprovalDecided, asked),
            KillSwitch.Append("after", JournalEntryKind.ApprovalDecided, asked),
        ];
    }
}
