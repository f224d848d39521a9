using Sluice.Storage;

namespace Sluice.Sqlite.Journal;

/// <summary>A run as this storage last committed it: the short key of its row, the row, and the hash of its last entry.</summary>
internal sealed record RunTail(long Key, RunRecord Run, ReadOnlyMemory<byte> LastHash)
{
    /// <summary>Whether the next row differs only where no index looks, and in nothing that an update of those columns leaves as it was.</summary>
    public bool GoesOnAs(RunRecord next) =>
        next.State == Run.State && next.ThreadId == Run.ThreadId && next.StartedAt == Run.StartedAt && next.EntryAgent == Run.EntryAgent
        && (next.FinishReason, next.Error) is (null, null) && (Run.FinishReason, Run.Error) is (null, null);
}
