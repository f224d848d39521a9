using Sluice.Journal;
using Sluice.Runtime.Loop;
using Sluice.Storage;

namespace Sluice.Runtime.History;

/// <summary>
/// What a stateful agent remembers: its frames in earlier runs of the thread, and earlier in this run. It is derived from the journals, so
/// it cannot be corrupted by a run that failed: a call that has no result there gets one here.
/// </summary>
internal sealed class ThreadHistory(IRuntimeStorage storage, TenantSpec tenant)
{
    /// <summary>Adds what the frame's agent remembers to its messages.</summary>
    public async ValueTask AddAsync(Frame frame)
    {
        var (run, agent) = (frame.Run, frame.Agent.Name);
        var history = run.Conversations.Find(agent);
        if (history is null)
        {
            history = new();
            await AddEarlierAsync(frame, history, run.ThreadId, run.RunId, run.Journal.Run.ThreadOrdinal, run.Journal.ForkedFrom).ConfigureAwait(false);
            run.Conversations.Set(agent, history);
        }

        // Calls that are answered from the journal do not open their frames again. Before the first frame there is none.
        if (run.Journal.IsResumed && frame.Path != StepKey.Main && run.Conversations.BeginRestore(agent))
            await RestoreAsync(frame, history).ConfigureAwait(false);
        frame.Remember(history.Segments);
    }

    /// <summary>Adds a frame that has ended to what its agent remembers in this run.</summary>
    public static void End(Frame frame) => frame.Run.Conversations.Find(frame.Agent.Name)?.Add(
        frame.ToSegment(), frame.IsCompacted ? frame.Remembered : []);

    /// <summary>Adds what a run had before it: the runs before it on its thread and, for a fork, what the original had.</summary>
    private async ValueTask AddEarlierAsync(
        Frame frame, AgentHistory history, string threadId, string runId, int ordinal, ForkOrigin? origin)
    {
        if (origin is not null)
        {
            var before = await FindOriginAsync(frame, origin.RunId).ConfigureAwait(false);
            await AddEarlierAsync(frame, history, origin.ThreadId, origin.RunId, origin.ThreadOrdinal, before).ConfigureAwait(false);
        }

        if (ordinal <= 1) return;
        var runs = await storage.Threads.ListRunsAsync(tenant, threadId, frame.Run.CancellationToken).ConfigureAwait(false);
        var isThere = runs.Contains(runId, StringComparer.Ordinal);
        foreach (var earlier in runs)
        {
            // Runs may have been removed, this one's original too: then only the others' places tell what came before it.
            if (earlier == runId || (!isThere && await PlaceOfAsync(frame, earlier).ConfigureAwait(false) >= ordinal)) break;
            await AddRunAsync(frame, history, earlier).ConfigureAwait(false);
        }
    }

    private async ValueTask<int> PlaceOfAsync(Frame frame, string runId) =>
        (await storage.Journal.GetRunAsync(tenant, runId, frame.Run.CancellationToken).ConfigureAwait(false))?.ThreadOrdinal ?? 0;

    private async ValueTask<ForkOrigin?> FindOriginAsync(Frame frame, string runId)
    {
        await foreach (var entry in storage.Journal.ReadAsync(tenant, runId, 0, frame.Run.CancellationToken).ConfigureAwait(false))
            return (entry.ReadData() as RunStartedData)?.ForkedFrom;
        return null;
    }

    /// <summary>Adds the agent's frames in an earlier run, and what that one had before it when it is a fork.</summary>
    private async ValueTask AddRunAsync(Frame frame, AgentHistory history, string runId)
    {
        var unfinished = await FoldAsync(
            frame, history, runId, origin => AddEarlierAsync(frame, history, "", runId, 0, origin), fold => fold.EndInto(history)).ConfigureAwait(false);
        foreach (var fold in unfinished) fold.EndInto(history);
    }

    /// <summary>Brings back what the agent said in this run before it was taken up, but for the frames that will be opened again.</summary>
    private async ValueTask RestoreAsync(Frame frame, AgentHistory history)
    {
        var journal = frame.Run.Journal;
        await FoldAsync(frame, history, frame.Run.RunId, _ => default, fold =>
        {
            if (journal.Recorded<ToolCompletedData>(JournalEntryKind.ToolCompleted, fold.Path) is not null) fold.EndInto(history);
        }).ConfigureAwait(false);
    }

    /// <summary>Folds the agent's frames in a run.</summary>
    /// <param name="frame">The frame for which they are read.</param>
    /// <param name="history">What the agent remembers so far.</param>
    /// <param name="runId">The run.</param>
    /// <param name="forked">Told first, when the run is a fork.</param>
    /// <param name="ended">Told of each frame that has ended.</param>
    /// <returns>The frames that have not ended.</returns>
    private async ValueTask<List<FrameFold>> FoldAsync(
        Frame frame, AgentHistory history, string runId, Func<ForkOrigin, ValueTask> forked, Action<FrameFold> ended)
    {
        // Frames of one agent may be nested in each other: each is folded alone, and they are told in the order in which they ended.
        var open = new List<FrameFold>(1);
        await foreach (var entry in storage.Journal.ReadAsync(tenant, runId, 0, frame.Run.CancellationToken).ConfigureAwait(false))
        {
            if (entry.Kind == JournalEntryKind.RunStarted && ((RunStartedData)entry.ReadData()).ForkedFrom is { } origin)
                await forked(origin).ConfigureAwait(false);
            if (entry.Agent != frame.Agent.Name) continue;
            switch (entry.Kind)
            {
                case JournalEntryKind.FrameStarted:
                    open.Add(new(entry.Key, (FrameStartedData)entry.ReadData(), history.Segments));
                    break;
                case JournalEntryKind.TurnCompleted:
                    Find(open, StepKey.FrameOf(entry.Key)).Add((TurnCompletedData)entry.ReadData());
                    break;
                case JournalEntryKind.ToolCompleted:
                    Find(open, StepKey.FrameOf(entry.Key)).Add(StepKey.ToolUseIdOf(entry.Key)!, (ToolCompletedData)entry.ReadData());
                    break;
                case JournalEntryKind.HistoryCompacted:
                    Find(open, StepKey.FrameOf(entry.Key)).Add((HistoryCompactedData)entry.ReadData());
                    break;
                case JournalEntryKind.FrameCompleted:
                    var fold = Find(open, entry.Key);
                    open.Remove(fold);
                    ended(fold);
                    break;
            }
        }

        return open;
    }

    private static FrameFold Find(List<FrameFold> open, ReadOnlySpan<char> path)
    {
        foreach (var fold in open)
        {
            if (path.SequenceEqual(fold.Path)) return fold;
        }

        throw new InvalidOperationException($"The journal has a step of frame '{path}', which has not begun or has ended.");
    }
}
