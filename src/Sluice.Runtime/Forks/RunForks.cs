using Sluice.Journal;
using Sluice.Runtime.Drift;
using Sluice.Runtime.Journal;
using Sluice.Runtime.Leases;
using Sluice.Storage;

namespace Sluice.Runtime.Forks;

/// <summary>Makes new runs from the beginnings of others: copies of what was recorded, without requests, decisions and claims.</summary>
/// <remarks>The copies are all there is to a fork: from then on it is a run that was interrupted, and is resumed like any other.</remarks>
internal sealed class RunForks(IRuntimeStorage storage, TenantSpec tenant, DriftCheck drift, Ownership ownership, TimeProvider time)
{
    /// <summary>Stores a fork. It is not driven yet.</summary>
    /// <returns>Its id.</returns>
    public async ValueTask<string> CreateAsync(string runId, long atEntry, ForkOptions options, CancellationToken cancellationToken)
    {
        var original = await storage.Journal.GetRunAsync(tenant, runId, cancellationToken).ConfigureAwait(false)
            ?? throw new SluiceException(ErrorCodes.RunNotFound, $"There is no run '{runId}'.");
        if (atEntry < 1 || atEntry > original.LastEntry)
            throw Invalid($"Run '{runId}' has entries 1 to {original.LastEntry}, so it cannot be forked at {atEntry}.");
        var entries = await ReadAsync(runId, atEntry, cancellationToken).ConfigureAwait(false);
        if (entries is not [{ Kind: JournalEntryKind.RunStarted } first, ..] || JournalHash.FindBreak(entries, atEntry) is not null)
            throw Invalid($"The journal of run '{runId}' is not what was recorded up to entry {atEntry}. Verify it.");
        var started = (RunStartedData)first.ReadData();
        await drift.CheckAsync(runId, started, isOnlyCancelled: false, cancellationToken).ConfigureAwait(false);
        var fork = await CreateRowAsync(original, options, cancellationToken).ConfigureAwait(false);
        var kept = new ForkedEntries(entries).Kept;
        started = started with
        {
            ThreadId = fork.ThreadId,
            EvalSample = null,
            ForkedFrom = new()
            {
                RunId = runId,
                Sequence = atEntry,
                ThreadId = original.ThreadId,
                ThreadOrdinal = original.ThreadOrdinal,
                Entries = kept.Count,
                Effects = options.Effects,
            },
        };
        await StoreAsync(fork, [first with { Data = EntryWriter.Write(started) }, .. kept.Skip(1)], cancellationToken).ConfigureAwait(false);
        return fork.RunId;
    }

    private async ValueTask<List<JournalEntry>> ReadAsync(string runId, long atEntry, CancellationToken cancellationToken)
    {
        var entries = new List<JournalEntry>();
        await foreach (var entry in storage.Journal.ReadAsync(tenant, runId, 0, cancellationToken).ConfigureAwait(false))
        {
            if (entry.Sequence > atEntry) break;
            entries.Add(entry);
        }

        return entries;
    }

    private async ValueTask<RunRecord> CreateRowAsync(RunRecord original, ForkOptions options, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (options.ThreadId is { } threadId && await storage.Threads.GetAsync(tenant, threadId, cancellationToken).ConfigureAwait(false) is not null)
            throw Invalid($"Thread '{threadId}' is in use. A fork begins a thread of its own.");
        return new()
        {
            RunId = options.RunId ?? $"run-{Guid.CreateVersion7(now):n}",
            ThreadId = options.ThreadId ?? $"thread-{Guid.CreateVersion7(now):n}",
            ThreadOrdinal = 0,
            EntryAgent = original.EntryAgent,
            State = RunState.Running,
            StartedAt = now,
            UpdatedAt = now,
            LastEntry = 0,
            LastEvent = 0,
        };
    }

    private async ValueTask StoreAsync(RunRecord fork, IEnumerable<JournalEntry> kept, CancellationToken cancellationToken)
    {
        var copies = new List<JournalEntry>();
        var (previous, events) = (JournalHash.Origin, 0L);
        foreach (var entry in kept)
        {
            events += JournalEvents.Count(entry.ReadData());
            var copy = entry with { RunId = fork.RunId, Sequence = copies.Count + 1, EventSequence = events, PreviousHash = previous };
            previous = JournalHash.Compute(copy);
            copies.Add(copy with { Hash = previous });
        }

        // It is this runtime's from the first entry on, so that nobody else takes it for a run that was interrupted.
        await ownership.StayAliveAsync().ConfigureAwait(false);
        var lease = ownership.Begin(fork.RunId).Lease;
        if (!await storage.Journal.AppendAsync(tenant, fork with { LastEntry = copies.Count, LastEvent = events }, copies, lease, cancellationToken).ConfigureAwait(false))
            throw new SluiceException(ErrorCodes.RunActive, $"Run id '{fork.RunId}' is in use. Use another id.");
    }

    private static SluiceException Invalid(string message) => new(ErrorCodes.InvalidFork, message);
}
