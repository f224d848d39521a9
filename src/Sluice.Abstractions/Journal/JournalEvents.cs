namespace Sluice.Journal;

/// <summary>Turns a run's journal entries into its events: the same entries give equal events, however often they are read.</summary>
/// <param name="runId">The run.</param>
/// <param name="threadId">Its thread.</param>
/// <param name="resourceId">The tenant's resource id.</param>
/// <remarks>Entries may be projected from any one on. An instance serves one reader: it is not thread-safe.</remarks>
public sealed class JournalEvents(string runId, string threadId, string resourceId)
{
    /// <summary>The calls that opened the frames of sub-agents; null while there are none.</summary>
    private Dictionary<string, string?>? _parentByFrame;

    /// <summary>Appends the events of an entry, stamped with run, thread, sequence, time, agent and parent call.</summary>
    /// <param name="envelope">The entry; what it says is taken from <paramref name="data"/>.</param>
    /// <param name="data">What it says. Its own events are stamped in place when they are new, and copied when another run has them.</param>
    /// <param name="into">The list to append to.</param>
    public void Project(JournalEntry envelope, JournalData data, IList<RuntimeEvent> into)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(into);
        if (data is FrameStartedData { ParentToolUseId: { } opener })
            (_parentByFrame ??= new(StringComparer.Ordinal))[envelope.Key] = opener;

        var first = into.Count;
        EventsOfEntry.Append(envelope, data, resourceId, into);
        if (into.Count == first) return;

        var parent = ParentOf(data is FrameStartedData or FrameCompletedData ? envelope.Key : StepKey.FrameOf(envelope.Key));
        var sequence = envelope.EventSequence - (into.Count - first);
        for (var i = first; i < into.Count; i++)
        {
            sequence++;
            if (IsOfAnother(into[i], sequence)) into[i] = into[i] with { };
            into[i].Stamp(runId, threadId, sequence, envelope.At, envelope.Agent, parent);
        }
    }

    /// <summary>How many events a data record gives rise to.</summary>
    public static int Count(JournalData data) => data switch
    {
        FrameStartedData frame => frame.ParentToolUseId is null ? 0 : 1,
        TurnCompletedData turn => CountTurn(turn),
        ToolStartedData => 0,
        ApprovalRequestedData requested => requested.Request.Kind == ApprovalKind.Plan ? 2 : 1,
        ApprovalDecidedData decided => decided.PlanId is null ? 1 : 2,
        ActionStartedData action => action.Index < 0 ? 0 : 1,
        ActionCompletedData action => action.Index < 0 ? 0 : 1,
        FrameCompletedData frame => frame.ParentToolUseId is null ? 1 : 2,
        EventEmittedData emitted => emitted.Events.Count,
        RunEndedData => 3,
        _ => 1,
    };

    private static int CountTurn(TurnCompletedData turn)
    {
        var count = turn.Streamed ? 0 : 1;
        for (var index = 0; index < turn.Parts.Count; index++)
        {
            var part = turn.Parts[index];
            if (part is ToolCallPart || (!turn.Streamed && part is TextPart { Text.Length: > 0 } or ReasoningPart { Text.Length: > 0 }))
                count++;
        }

        return count;
    }

    private bool IsOfAnother(RuntimeEvent runtimeEvent, long sequence) =>
        runtimeEvent.RunId.Length != 0 && (runtimeEvent.RunId != runId || runtimeEvent.Sequence != sequence);

    private string? ParentOf(ReadOnlySpan<char> frame)
    {
        if (frame.IsEmpty || frame.SequenceEqual(StepKey.Main)) return null;
        var parents = (_parentByFrame ??= new(StringComparer.Ordinal)).GetAlternateLookup<ReadOnlySpan<char>>();
        if (parents.TryGetValue(frame, out var parent)) return parent;
        // A reader who joins late has not seen the frame begin, but its key ends with the id of the call that opened it.
        return parents[frame] = StepKey.ToolUseIdOf(frame);
    }
}
