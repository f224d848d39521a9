using Sluice.Postgres.Connections;
using Sluice.Postgres.Waiting;

namespace Sluice.Postgres.Journal;

/// <summary>
/// Sends what waits as one transaction, so that many runs share a round trip and a flush to disk. A batch is of one tenant; tenants take
/// turns. Its lock guards the queues; a sender owns the batch that it took.
/// </summary>
/// <param name="database">Where they go.</param>
/// <param name="waiters">Whom to tell.</param>
/// <param name="maxSenders">While one batch waits for the disk, others are on their way. More would only make them smaller.</param>
/// <param name="maxAppends">The most appends of a batch.</param>
internal sealed class AppendQueue(Database database, Waiters waiters, int maxSenders = 3, int maxAppends = 128) : IAsyncDisposable
{
    private const long MaxBytes = 4 << 20;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Queue<PendingAppend>> _waiting = [];
    private readonly Queue<string> _turns = [];
    private readonly HashSet<Task> _senders = [];
    private int _senderCount;

    public Task<bool> AppendAsync(PendingAppend append)
    {
        lock (_lock)
        {
            if (!_waiting.TryGetValue(append.Tenant.ResourceId, out var ofTenant))
            {
                _waiting[append.Tenant.ResourceId] = ofTenant = [];
                _turns.Enqueue(append.Tenant.ResourceId);
            }

            ofTenant.Enqueue(append);
            if (_senderCount < maxSenders)
            {
                _senderCount++;
                _senders.RemoveWhere(sender => sender.IsCompleted);
                _senders.Add(Task.Run(SendAllAsync));
            }
        }

        return append.Completion;
    }

    public async ValueTask DisposeAsync()
    {
        Task[] senders;
        lock (_lock) senders = [.. _senders];
        await Task.WhenAll(senders).ConfigureAwait(false);
    }

    private async Task SendAllAsync()
    {
        while (Take() is { } batch) await SendAsync(batch).ConfigureAwait(false);
    }

    private List<PendingAppend>? Take()
    {
        lock (_lock)
        {
            if (!_turns.TryDequeue(out var tenant))
            {
                _senderCount--;
                return null;
            }

            var (ofTenant, batch, bytes) = (_waiting[tenant], new List<PendingAppend>(), 0L);
            while (batch.Count < maxAppends && ofTenant.TryPeek(out var next) && (batch.Count == 0 || bytes + next.Bytes <= MaxBytes))
            {
                batch.Add(ofTenant.Dequeue());
                bytes += next.Bytes;
            }

            if (ofTenant.Count > 0) _turns.Enqueue(tenant);
            else _waiting.Remove(tenant);
            return batch;
        }
    }

    private async Task SendAsync(List<PendingAppend> batch)
    {
        try
        {
            await AppendTogetherAsync(batch).ConfigureAwait(false);
        }
        catch (Exception e) when (batch.Count == 1 || e is SluiceException { Code: ErrorCodes.StoreUnavailable })
        {
            foreach (var append in batch) append.Fail(e);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // One of them is refused, and the others with it, since they are one transaction.
            foreach (var append in batch) await SendAsync([append]).ConfigureAwait(false);
        }
    }

    private async Task AppendTogetherAsync(List<PendingAppend> batch)
    {
        // Every batch takes the rows in the same order, so no two wait for each other.
        PendingAppend[] appends = [.. batch.OrderBy(append => append.Run.RunId, StringComparer.Ordinal)];
        var taken = await database.RunAsync(
            async isRepeated =>
            {
                foreach (var append in appends) append.MayBeStored |= isRepeated;
                return await database.FindOnceAsync(
                    appends[0].Tenant, AppendStatement.Of(appends), row => row.GetFieldValue<bool[]>(0), CancellationToken.None).ConfigureAwait(false);
            },
            CancellationToken.None).ConfigureAwait(false);

        for (var i = 0; i < appends.Length; i++)
        {
            if (!taken![i] && appends[i].MayBeStored) taken[i] = await IsStoredAsync(appends[i]).ConfigureAwait(false);
        }

        waiters.Announce([.. appends.Where((_, i) => taken![i]).Select(append => WakeKey.OfRun(append.Tenant, append.Run.RunId))]);
        for (var i = 0; i < appends.Length; i++) appends[i].Complete(taken![i]);
    }

    /// <summary>Whether an attempt of which we heard nothing was applied. The entries are all there or none, so the last one tells.</summary>
    private Task<bool> IsStoredAsync(PendingAppend append) => database.FindAsync(
        append.Tenant,
        new("select hash = $4 from entries where tenant = $1 and run_id = $2 and sequence = $3", append.Run.RunId, append.Run.LastEntry, append.Entries[^1].Hash.ToArray()),
        row => row.GetBoolean(0), CancellationToken.None);
}
