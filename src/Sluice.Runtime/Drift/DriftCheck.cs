using System.Text.Json;
using Sluice.Journal;
using Sluice.Json;
using Sluice.Runtime.Composition;
using Sluice.Storage;

namespace Sluice.Runtime.Drift;

/// <summary>Decides whether a run that was begun under another spec may go on under this one.</summary>
internal sealed class DriftCheck(CompiledSpec compiled, SpecArchive archive, IJournalStore journal, SpecDrift drift)
{
    /// <summary>The type of the event which records that a run went on under another spec.</summary>
    public const string Accepted = "sluice.spec_accepted";

    private const int MostDifferences = 10;

    /// <summary>Keeps the spec before runs begin under it.</summary>
    public ValueTask PrepareAsync(CancellationToken cancellationToken) => archive.StoreAsync(cancellationToken);

    /// <summary>Compares the spec under which a run goes on with the one it was begun with.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="started">How it was begun.</param>
    /// <param name="isOnlyCancelled">Whether it will not go on: then any spec will do.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>Its agent, and what to record when the run goes on under another spec; null when it is the same, or was accepted before.</returns>
    public async ValueTask<(CompiledAgent Agent, RuntimeEvent? Accepted)> CheckAsync(
        string runId, RunStartedData started, bool isOnlyCancelled, CancellationToken cancellationToken)
    {
        CheckVersion(runId, started);
        if (isOnlyCancelled) return (compiled.Agents.GetValueOrDefault(started.EntryAgent) ?? compiled.Agents.Values.First(), null);
        if (started.SpecHash == compiled.Hash) return (compiled.Agents[started.EntryAgent], null);
        var (hash, agents) = await ReadPastAsync(runId, started, cancellationToken).ConfigureAwait(false);
        if (hash != compiled.Hash && drift == SpecDrift.Refuse)
            throw await RefusalAsync(runId, hash, cancellationToken).ConfigureAwait(false);
        if (agents.FirstOrDefault(agent => !compiled.Agents.ContainsKey(agent)) is { } missing)
        {
            throw new SluiceException(
                ErrorCodes.SpecChanged,
                $"Run '{runId}' cannot go on under this spec: agent '{missing}' is at work in it and is not there any more. Resume it under a spec with that agent, or cancel it.");
        }

        if (hash == compiled.Hash) return (compiled.Agents[started.EntryAgent], null);
        await archive.StoreAsync(cancellationToken).ConfigureAwait(false);
        var accepted = JsonSerializer.SerializeToElement(new { from = hash, to = compiled.Hash }, SluiceJson.Options);
        return (compiled.Agents[started.EntryAgent], new CustomEvent { EventType = Accepted, Data = accepted });
    }

    private static void CheckVersion(string runId, RunStartedData started)
    {
        if (started.JournalVersion <= JournalJson.Version) return;
        throw new SluiceException(
            ErrorCodes.NewerJournal,
            $"Run '{runId}' is written in version {started.JournalVersion} of the journal; this build knows versions up to {JournalJson.Version}. Resume it with a newer build.");
    }

    /// <summary>The spec under which a run went on last, and the agents whose work is not finished.</summary>
    private async ValueTask<(string Hash, IReadOnlyCollection<string> Agents)> ReadPastAsync(
        string runId, RunStartedData started, CancellationToken cancellationToken)
    {
        var hash = started.SpecHash;
        var atWork = new Dictionary<string, string>(StringComparer.Ordinal) { [StepKey.Main] = started.EntryAgent };
        await foreach (var entry in journal.ReadAsync(compiled.Spec.Tenant, runId, 0, cancellationToken).ConfigureAwait(false))
        {
            if (entry.Kind == JournalEntryKind.FrameStarted) atWork[entry.Key] = entry.Agent!;
            else if (entry is { Kind: JournalEntryKind.FrameCompleted, Key: not StepKey.Main }) atWork.Remove(entry.Key);
            else if (entry is { Kind: JournalEntryKind.EventEmitted, Key: StepKey.Run }) hash = AcceptedBy(entry) ?? hash;
        }

        return (hash, atWork.Values);
    }

    private static string? AcceptedBy(JournalEntry entry) => ((EventEmittedData)entry.ReadData()).Events
        .OfType<CustomEvent>().LastOrDefault(custom => custom.EventType == Accepted)?.Data.GetProperty("to").GetString();

    private async ValueTask<SluiceException> RefusalAsync(string runId, string hash, CancellationToken cancellationToken) => new(
        ErrorCodes.SpecChanged,
        $"Run '{runId}' was begun under another spec. {await DescribeAsync(hash, cancellationToken).ConfigureAwait(false)}\n"
        + "Resume it under that spec, or set RuntimeOptions.SpecDrift to Accept to go on under this one.");

    private async ValueTask<string> DescribeAsync(string hash, CancellationToken cancellationToken)
    {
        if (await archive.FindAsync(hash, cancellationToken).ConfigureAwait(false) is not { } before)
            return $"That one, {hash}, is not stored, so what changed cannot be told.";
        var differences = SpecDifferences.Find(before, JsonElement.Parse(compiled.Definition.Json)).ToList();
        var lines = differences.Take(MostDifferences).Select(difference => $"\n- {difference}");
        var more = differences.Count > MostDifferences ? $"\n- and {differences.Count - MostDifferences} more" : "";
        return $"What changed:{string.Concat(lines)}{more}";
    }
}
