using System.Text.Json;
using Microsoft.Extensions.AI;
using Sluice.Journal;
using Sluice.Runtime.Loop;
using Sluice.Runtime.Tools;
using Sluice.Storage;

namespace Sluice.Runtime.History;

/// <summary>
/// What a stateful agent remembers: its frames in earlier runs of the thread, and earlier in this run. It is derived from the journals, so
/// it cannot be corrupted by a run that failed: a call that has no result there gets one here.
/// </summary>
internal sealed class ThreadHistory(IRuntimeStorage storage, TenantSpec tenant)
{
    public async ValueTask AddAsync(Frame frame)
    {
        var (run, journal) = (frame.Run, frame.Run.Journal);
        await AddEarlierAsync(frame, run.ThreadId, run.RunId, journal.Run.ThreadOrdinal, journal.ForkedFrom).ConfigureAwait(false);
        // Calls that are answered from the journal do not open their frames again. Before the first frame there is none.
        if (journal.IsResumed && frame.Path != StepKey.Main && run.Conversations.BeginRestore(frame.Agent.Name))
            await RestoreAsync(frame).ConfigureAwait(false);
        frame.Messages.AddRange(run.Conversations.Of(frame.Agent.Name));
    }

    /// <summary>Adds what a run had before it: the runs before it on its thread and, for a fork, what the original had.</summary>
    private async ValueTask AddEarlierAsync(Frame frame, string threadId, string runId, int ordinal, ForkOrigin? origin)
    {
        if (origin is not null)
        {
            var before = await FindOriginAsync(frame, origin.RunId).ConfigureAwait(false);
            await AddEarlierAsync(frame, origin.ThreadId, origin.RunId, origin.ThreadOrdinal, before).ConfigureAwait(false);
        }

        if (ordinal <= 1) return;
        var runs = await storage.Threads.ListRunsAsync(tenant, threadId, frame.Run.CancellationToken).ConfigureAwait(false);
        var isThere = runs.Contains(runId, StringComparer.Ordinal);
        foreach (var earlier in runs)
        {
            // Runs may have been removed, this one's original too: then only the others' places tell what came before it.
            if (earlier == runId || (!isThere && await PlaceOfAsync(frame, earlier).ConfigureAwait(false) >= ordinal)) break;
            await AddRunAsync(frame, earlier).ConfigureAwait(false);
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
    private async ValueTask AddRunAsync(Frame frame, string runId)
    {
        var unfinished = await FoldAsync(
            frame, runId, origin => AddEarlierAsync(frame, "", runId, 0, origin), fold => frame.Messages.AddRange(fold.End())).ConfigureAwait(false);
        foreach (var fold in unfinished) frame.Messages.AddRange(fold.End());
    }

    /// <summary>Brings back what the agent said in this run before it was taken up, but for the frames that will be opened again.</summary>
    private async ValueTask RestoreAsync(Frame frame)
    {
        var (run, agent) = (frame.Run, frame.Agent.Name);
        await FoldAsync(frame, run.RunId, _ => default, fold =>
        {
            if (run.Journal.Recorded<ToolCompletedData>(JournalEntryKind.ToolCompleted, fold.Path) is not null)
                run.Conversations.Add(agent, fold.End());
        }).ConfigureAwait(false);
    }

    /// <summary>Folds the agent's frames in a run.</summary>
    /// <param name="frame">The frame for which they are read.</param>
    /// <param name="runId">The run.</param>
    /// <param name="forked">Told first, when the run is a fork.</param>
    /// <param name="ended">Told of each frame that has ended.</param>
    /// <returns>The frames that have not ended.</returns>
    private async ValueTask<List<FrameFold>> FoldAsync(
        Frame frame, string runId, Func<ForkOrigin, ValueTask> forked, Action<FrameFold> ended)
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
                    open.Add(new(entry.Key, (FrameStartedData)entry.ReadData()));
                    break;
                case JournalEntryKind.TurnCompleted:
                    Find(open, StepKey.FrameOf(entry.Key)).Add((TurnCompletedData)entry.ReadData());
                    break;
                case JournalEntryKind.ToolCompleted:
                    Find(open, StepKey.FrameOf(entry.Key)).Add(StepKey.ToolUseIdOf(entry.Key)!, (ToolCompletedData)entry.ReadData());
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

    /// <summary>Folds one frame's entries into messages.</summary>
    private sealed class FrameFold(string path, FrameStartedData started)
    {
        private readonly List<ChatMessage> _messages = [new(ChatRole.User, started.Prompt)];
        private readonly Dictionary<string, JsonElement> _results = new(StringComparer.Ordinal);
        private IReadOnlyList<ToolCallPart> _calls = [];

        public string Path { get; } = path;

        public void Add(TurnCompletedData turn)
        {
            AnswerCalls();
            if (turn.Parts.Count == 0) return;
            _messages.Add(MessageParts.ToMessage(turn.Parts));
            _calls = [.. turn.Parts.OfType<ToolCallPart>()];
        }

        public void Add(string toolUseId, ToolCompletedData completed) =>
            _results[toolUseId] = completed.Error is { } error ? ToolOutcome.ErrorResult(error) : completed.Result!.Value;

        public List<ChatMessage> End()
        {
            AnswerCalls();
            return _messages;
        }

        /// <summary>Answers the open calls of the last turn; those without a result get one that says so.</summary>
        private void AnswerCalls()
        {
            if (_calls.Count == 0) return;
            _messages.Add(MessageParts.ToResultMessage(
                [.. _calls.Select(call => (call.Id, _results.TryGetValue(call.Id, out var result) ? result : Unanswered(call)))]));
            _calls = [];
            _results.Clear();
        }

        private static JsonElement Unanswered(ToolCallPart call) => ToolOutcome.ErrorResult(new()
        {
            Code = ErrorCodes.Cancelled,
            Message = $"The run ended before '{call.Name}' had a result; it may have had its effect or not.",
        });
    }
}
