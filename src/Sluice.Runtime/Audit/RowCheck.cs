using Sluice.Journal;

namespace Sluice.Runtime.Audit;

/// <summary>Compares a run's row with its journal, and each entry's place with its kind.</summary>
internal static class RowCheck
{
    public static void Check(string runId, IReadOnlyList<AuditStep> steps, RunRecord row, long entries, AuditFindings findings)
    {
        CheckPlaces(runId, steps, findings);
        if (steps is [{ Data: RunStartedData started }, ..])
        {
            Compare("thread", row.ThreadId, started.ThreadId);
            Compare("agent", row.EntryAgent, started.EntryAgent);
            Compare("eval sample", row.EvalSample, started.EvalSample);
        }

        // A row that has moved on says nothing about the entries that were read before.
        if (steps.Count == 0 || row.LastEntry != entries || steps[^1].Entry.Sequence != entries) return;
        var ended = steps[^1].Data as RunEndedData;
        Compare("last event", row.LastEvent, steps[^1].Entry.EventSequence);
        Compare("end", row.FinishReason, ended?.FinishReason);
        Compare("error", row.Error, ended?.Error);
        if (ended is null ? row.State is not (RunState.Running or RunState.Waiting) : row.State != StateOf(ended))
            findings.Add(0, AuditProblemCodes.RowDiffers, $"The row says '{row.State}', which is not how the journal ends.");

        void Compare<T>(string what, T inRow, T inJournal)
        {
            if (!EqualityComparer<T>.Default.Equals(inRow, inJournal))
                findings.Add(0, AuditProblemCodes.RowDiffers, $"The row's {what} is '{inRow}'; the journal's is '{inJournal}'.");
        }
    }

    private static void CheckPlaces(string runId, IReadOnlyList<AuditStep> steps, AuditFindings findings)
    {
        var events = 0L;
        for (var index = 0; index < steps.Count; index++)
        {
            var (entry, data) = steps[index];
            if (entry.RunId != runId)
                findings.Add(entry.Sequence, AuditProblemCodes.EntryMisplaced, $"Entry {entry.Sequence} belongs to run '{entry.RunId}'.");
            if (data is RunStartedData != (index == 0))
                findings.Add(entry.Sequence, AuditProblemCodes.EntryMisplaced, "A journal begins with run_started, and has it nowhere else.");
            if (data is RunEndedData && index < steps.Count - 1)
                findings.Add(entry.Sequence, AuditProblemCodes.EntryMisplaced, $"Entry {entry.Sequence} ended the run, and others follow.");
            events += JournalEvents.Count(data);
            if (entry.EventSequence == events) continue;
            findings.Add(entry.Sequence, AuditProblemCodes.EntryMisplaced, $"Entry {entry.Sequence} counts {entry.EventSequence} events; up to there are {events}.");
            events = entry.EventSequence;
        }
    }

    private static RunState StateOf(RunEndedData ended) =>
        ended.Error is not null ? RunState.Failed : ended.FinishReason == FinishReason.Cancelled ? RunState.Cancelled : RunState.Finished;
}
