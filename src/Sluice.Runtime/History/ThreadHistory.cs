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
        var run = frame.Run;
        if (run.Journal.Run.ThreadOrdinal > 1)
        {
            var runs = await storage.Threads.ListRunsAsync(tenant, run.ThreadId, run.CancellationToken).ConfigureAwait(false);
            foreach (var earlier in runs.Take(run.Journal.Run.ThreadOrdinal - 1))
                await AddRunAsync(frame, earlier).ConfigureAwait(false);
        }

        frame.Messages.AddRange(run.Conversations.Of(frame.Agent.Name));
    }

    private async ValueTask AddRunAsync(Frame frame, string runId)
    {
        // Frames of one agent may be nested in each other: each is folded alone, and they are told in the order in which they ended.
        var open = new List<FrameFold>(1);
        await foreach (var entry in storage.Journal.ReadAsync(tenant, runId, 0, frame.Run.CancellationToken).ConfigureAwait(false))
        {
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
                    var ended = Find(open, entry.Key);
                    frame.Messages.AddRange(ended.End());
                    open.Remove(ended);
                    break;
            }
        }

        foreach (var unfinished in open) frame.Messages.AddRange(unfinished.End());
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
