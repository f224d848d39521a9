using System.Runtime.CompilerServices;
using System.Text.Json;
using Sluice.Journal;
using Sluice.Runtime.Approvals;
using Sluice.Runtime.Retention;
using Sluice.Storage;

namespace Sluice.Runtime.Audit;

/// <summary>Checks that a run's journal, row, requests, decisions and plans are as they were written and agree with each other.</summary>
internal sealed class RunVerifier(IRuntimeStorage storage, TenantSpec tenant, Verdicts verdicts)
{
    private readonly DecisionCheck _decisions = new(storage.Approvals, tenant, verdicts);
    private readonly PlanCheck _plans = new(storage.Plans, tenant);

    public async ValueTask<AuditReport> VerifyAsync(string runId, CancellationToken cancellationToken)
    {
        var before = await GetRunAsync(runId, cancellationToken).ConfigureAwait(false);
        var entries = await storage.Journal.ReadAsync(tenant, runId, 0, cancellationToken).ToListAsync(cancellationToken).ConfigureAwait(false);
        var after = await GetRunAsync(runId, cancellationToken).ConfigureAwait(false);
        var findings = new AuditFindings();
        CheckChain(entries, before, after, findings);
        var steps = Read(entries, findings);
        RowCheck.Check(runId, steps, after, entries.Count, findings);
        if (steps is [{ Data: RunStartedData { JournalVersion: > JournalJson.Version } newer }, ..])
        {
            findings.Add(
                1, AuditProblemCodes.NewerJournal,
                $"The run was written in version {newer.JournalVersion} of the journal; this build knows versions up to {JournalJson.Version}. Check it with a newer build.");
        }
        else
        {
            GateCheck.Check(steps, findings);
            await _decisions.CheckAsync(steps, findings, cancellationToken).ConfigureAwait(false);
            await _plans.CheckAsync(steps, findings, cancellationToken).ConfigureAwait(false);
        }

        return new() { RunId = runId, Entries = entries.Count, Problems = findings.ToList() };
    }

    public async IAsyncEnumerable<AuditReport> VerifyAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var run in RunPages.ReadAsync(storage.Journal, tenant, RunFilter.All, cancellationToken).ConfigureAwait(false))
        {
            // It may have been pruned since it was listed.
            if (await storage.Journal.GetRunAsync(tenant, run.RunId, cancellationToken).ConfigureAwait(false) is not null)
                yield return await VerifyAsync(run.RunId, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask<RunRecord> GetRunAsync(string runId, CancellationToken cancellationToken) =>
        await storage.Journal.GetRunAsync(tenant, runId, cancellationToken).ConfigureAwait(false)
        ?? throw new SluiceException(ErrorCodes.RunNotFound, $"There is no run '{runId}'.");

    private static void CheckChain(List<JournalEntry> entries, RunRecord before, RunRecord after, AuditFindings findings)
    {
        // A run that is being driven may grow while it is read: what was read lies between what its row said before and after.
        var isGrowing = before.LastEntry <= entries.Count && entries.Count < after.LastEntry && before.LastEntry < after.LastEntry;
        if (JournalHash.FindBreak(entries, isGrowing ? null : after.LastEntry) is not { } broken) return;
        findings.Add(
            broken, AuditProblemCodes.ChainBroken,
            entries.Count < after.LastEntry && broken > entries.Count
                ? $"The journal has {entries.Count} entries and the run's row counts {after.LastEntry}: the rest was cut off."
                : $"Entry {broken} is not what was recorded there, or one before it was dropped, added or moved.");
    }

    private static List<AuditStep> Read(List<JournalEntry> entries, AuditFindings findings)
    {
        var steps = new List<AuditStep>(entries.Count);
        foreach (var entry in entries)
        {
            try
            {
                steps.Add(new(entry, Enum.IsDefined(entry.Kind) ? entry.ReadData() : throw new JsonException($"There is no kind {(int)entry.Kind}.")));
            }
            catch (JsonException exception)
            {
                findings.Add(entry.Sequence, AuditProblemCodes.EntryUnreadable, $"Entry {entry.Sequence} cannot be read. {exception.Message}");
            }
        }

        return steps;
    }
}
