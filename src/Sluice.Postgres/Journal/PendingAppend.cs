using Sluice.Journal;
using Sluice.Storage;

namespace Sluice.Postgres.Journal;

/// <summary>An append that waits for its batch. It holds copies, since its caller may stop waiting and use the buffers again.</summary>
internal sealed class PendingAppend(TenantSpec tenant, RunRecord run, IReadOnlyList<JournalEntry> entries, RunLease lease)
{
    private readonly TaskCompletionSource<bool> _source = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TenantSpec Tenant => tenant;

    public RunRecord Run => run;

    public IReadOnlyList<JournalEntry> Entries { get; } = [.. entries.Select(Copy)];

    public RunLease Lease => lease;

    public long Bytes { get; } = entries.Sum(entry => (long)entry.Data.Length);

    /// <summary>Whether an attempt failed without our knowing what became of it.</summary>
    public bool MayBeStored { get; set; }

    public Task<bool> Completion => _source.Task;

    public void Complete(bool isTaken) => _source.TrySetResult(isTaken);

    public void Fail(Exception error) => _source.TrySetException(error);

    private static JournalEntry Copy(JournalEntry entry)
    {
        var (data, previous) = (entry.Data.Length, entry.PreviousHash.Length);
        var bytes = new byte[data + previous + entry.Hash.Length];
        entry.Data.CopyTo(bytes);
        entry.PreviousHash.CopyTo(bytes.AsMemory(data));
        entry.Hash.CopyTo(bytes.AsMemory(data + previous));
        return entry with { Data = bytes.AsMemory(0, data), PreviousHash = bytes.AsMemory(data, previous), Hash = bytes.AsMemory(data + previous) };
    }
}
