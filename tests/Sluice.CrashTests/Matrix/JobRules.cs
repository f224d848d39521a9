using Sluice.Journal;

namespace Sluice.CrashTests.Matrix;

/// <summary>What must hold when the job has ended, however often its processes died.</summary>
internal static class JobRules
{
    public static void Check(JobOutcome outcome, JobOutcome undisturbed, string story)
    {
        JournalHash.FindBreak(outcome.Journal, outcome.LastEntry).ShouldBeNull(story);
        outcome.Run.ShouldBe(undisturbed.Run, story);
        outcome.Errors.ShouldBe(undisturbed.Errors, story);
        outcome.Plan.ShouldBe(undisturbed.Plan, story);
        outcome.Effects.ShouldBe(undisturbed.Effects, story);
        outcome.Approvals.ShouldBe(undisturbed.Approvals, story);
        CheckDecisions(outcome, story);
        CheckDoubts(outcome, undisturbed, story);
        if (IsUneventful(outcome)) CheckEvents(outcome, undisturbed, story);
    }

    /// <summary>Nothing was asked or decided twice, and everything that was asked was decided.</summary>
    private static void CheckDecisions(JobOutcome outcome, string story)
    {
        outcome.Decisions.ShouldBeUnique(story);
        var asked = KeysOf(outcome, JournalEntryKind.ApprovalRequested);
        asked.ShouldBeUnique(story);
        KeysOf(outcome, JournalEntryKind.ApprovalDecided).Order().ShouldBe(asked.Order(), story);
        asked.Count.ShouldBe(outcome.Approvals.Count + outcome.Doubts.Count, story);
    }

    /// <summary>Each question names an effect of the job and has one answer.</summary>
    private static void CheckDoubts(JobOutcome outcome, JobOutcome undisturbed, string story)
    {
        foreach (var doubt in outcome.Doubts)
        {
            doubt.Status.ShouldBe(ApprovalStatus.Decided, story);
            doubt.Decisions.Count.ShouldBe(1, story);
            var key = doubt.Payload.GetProperty("idempotencyKey").GetString()!;
            undisturbed.Effects.ShouldContain(effect => effect.EndsWith(key, StringComparison.Ordinal), story);
        }
    }

    /// <summary>Whether no effect was claimed twice and none was in doubt: then the run tells what the undisturbed one told.</summary>
    private static bool IsUneventful(JobOutcome outcome) => outcome.Doubts.Count == 0 && outcome.Journal
        .Where(entry => entry.Kind is JournalEntryKind.ToolStarted or JournalEntryKind.ActionStarted)
        .CountBy(entry => entry.Key).All(pair => pair.Value == 1);

    /// <summary>In the same order but for calls that ran in parallel, which may end in any.</summary>
    private static void CheckEvents(JobOutcome outcome, JobOutcome undisturbed, string story)
    {
        Sequential(outcome).ShouldBe(Sequential(undisturbed), story);
        outcome.Events.Order(StringComparer.Ordinal).ShouldBe(undisturbed.Events.Order(StringComparer.Ordinal), story);
    }

    private static IEnumerable<string> Sequential(JobOutcome outcome) =>
        outcome.Events.Where(text => !text.Contains("\"toolName\":\"look\"", StringComparison.Ordinal));

    private static List<string> KeysOf(JobOutcome outcome, JournalEntryKind kind) =>
        [.. outcome.Journal.Where(entry => entry.Kind == kind).Select(entry => entry.Key)];
}
