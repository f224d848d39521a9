using System.Collections.Concurrent;
using Sluice.Journal;
using Sluice.Storage;

namespace Sluice.Runtime.Memory;

internal sealed class MemoryJournalStore : IJournalStore
{
    private readonly TenantTable<RunLog> _logs = new();
    private Signal _runAdded;

    public ValueTask<bool> AppendAsync(
        TenantSpec tenant, RunRecord run, IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken)
    {
        Validate(run, entries);
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<bool>(cancellationToken);
        var logs = _logs.Of(tenant);
        if (logs.TryGetValue(run.RunId, out var log)) return new(log.TryAppend(run, entries));
        if (entries[0].Sequence != 1) return new(false);

        var appended = logs.GetOrAdd(run.RunId, static _ => new()).TryAppend(run, entries);
        _runAdded.Raise();
        return new(appended);
    }

    public IAsyncEnumerable<JournalEntry> ReadAsync(
        TenantSpec tenant, string runId, long afterSequence, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(afterSequence);
        return Read(_logs.Of(tenant), runId, afterSequence, cancellationToken).ToAsyncEnumerable();
    }

    public Task WaitAsync(TenantSpec tenant, string runId, long afterSequence, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(afterSequence);
        if (cancellationToken.IsCancellationRequested) return Task.FromCanceled(cancellationToken);
        return _logs.Get(tenant, runId) is { } log
            ? log.WaitAsync(afterSequence, cancellationToken)
            : WaitForRunAsync(tenant, runId, afterSequence, cancellationToken);
    }

    public ValueTask<RunRecord?> GetRunAsync(TenantSpec tenant, string runId, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<RunRecord?>(cancellationToken)
            : new(_logs.Get(tenant, runId)?.Run);

    public ValueTask<IReadOnlyList<RunRecord>> ListRunsAsync(TenantSpec tenant, RunFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ListLimit.Check(filter.Limit);
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<IReadOnlyList<RunRecord>>(cancellationToken);
        return new([.. _logs.RowsOf(tenant).Select(log => log.Run).OfType<RunRecord>()
            .Where(run => (filter.State is null || run.State == filter.State) && (filter.ThreadId is null || run.ThreadId == filter.ThreadId))
            .OrderByDescending(run => run.StartedAt).ThenByDescending(run => run.RunId, StringComparer.Ordinal)
            .Take(filter.Limit)]);
    }

    private static void Validate(RunRecord run, IReadOnlyList<JournalEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(entries);
        if (entries.Count == 0) throw new ArgumentException("There is nothing to append.", nameof(entries));
        for (var i = 0; i < entries.Count; i++)
        {
            if (entries[i].RunId != run.RunId || entries[i].Sequence != entries[0].Sequence + i)
                throw new ArgumentException($"Entry {i} is not the next one of run '{run.RunId}'.", nameof(entries));
        }

        if (run.LastEntry != entries[^1].Sequence)
            throw new ArgumentException($"The row of run '{run.RunId}' does not name its last entry.", nameof(run));
    }

    private static IEnumerable<JournalEntry> Read(
        ConcurrentDictionary<string, RunLog> logs, string runId, long afterSequence, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        // The run may begin between the call and the first read, so it is looked up only now.
        return logs.TryGetValue(runId, out var log) ? log.Read(runId, afterSequence, cancellationToken) : [];
    }

    private async Task WaitForRunAsync(TenantSpec tenant, string runId, long afterSequence, CancellationToken cancellationToken)
    {
        while (true)
        {
            var added = _runAdded.Next();
            if (_logs.Get(tenant, runId) is { } log)
            {
                await log.WaitAsync(afterSequence, cancellationToken).ConfigureAwait(false);
                return;
            }

            await added.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
