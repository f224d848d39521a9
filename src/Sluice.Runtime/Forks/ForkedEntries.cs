using Sluice.Journal;

namespace Sluice.Runtime.Forks;

/// <summary>What a fork takes over of an original's beginning.</summary>
internal sealed class ForkedEntries
{
    private readonly HashSet<string> _finished;

    public ForkedEntries(IReadOnlyList<JournalEntry> entries)
    {
        _finished = [.. entries.Where(entry => entry.Kind is JournalEntryKind.TurnCompleted or JournalEntryKind.ToolCompleted).Select(entry => entry.Key)];
        Kept = [.. entries.Where(IsKept)];
    }

    public IReadOnlyList<JournalEntry> Kept { get; }

    private bool IsKept(JournalEntry entry) => entry.Kind switch
    {
        // A fork asks anew and claims anew, and it has not ended.
        JournalEntryKind.ApprovalRequested or JournalEntryKind.ApprovalDecided or JournalEntryKind.ToolStarted or JournalEntryKind.ActionStarted
            or JournalEntryKind.RunEnded => false,
        // What an unfinished step said is said again when it is done again.
        JournalEntryKind.EventEmitted => entry.Key == StepKey.Run || _finished.Contains(entry.Key),
        _ => true,
    };
}
