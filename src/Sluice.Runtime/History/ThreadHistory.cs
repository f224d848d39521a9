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
        var fold = new FrameFold(frame.Messages);
        await foreach (var entry in storage.Journal.ReadAsync(tenant, runId, 0, frame.Run.CancellationToken).ConfigureAwait(false))
        {
            if (entry.Agent != frame.Agent.Name) continue;
            switch (entry.Kind)
            {
                case JournalEntryKind.FrameStarted:
                    fold.Start((FrameStartedData)entry.ReadData());
                    break;
                case JournalEntryKind.TurnCompleted:
                    fold.Add((TurnCompletedData)entry.ReadData());
                    break;
                case JournalEntryKind.ToolCompleted:
                    fold.Add(StepKey.ToolUseIdOf(entry.Key)!, (ToolCompletedData)entry.ReadData());
                    break;
            }
        }

        fold.End();
    }

    /// <summary>Folds one agent's entries of one run into messages.</summary>
    private sealed class FrameFold(List<ChatMessage> messages)
    {
        private readonly Dictionary<string, JsonElement> _results = new(StringComparer.Ordinal);
        private IReadOnlyList<ToolCallPart> _calls = [];

        public void Start(FrameStartedData frame)
        {
            End();
            messages.Add(new(ChatRole.User, frame.Prompt));
        }

        public void Add(TurnCompletedData turn)
        {
            End();
            if (turn.Parts.Count == 0) return;
            messages.Add(MessageParts.ToMessage(turn.Parts));
            _calls = [.. turn.Parts.OfType<ToolCallPart>()];
        }

        public void Add(string toolUseId, ToolCompletedData completed) =>
            _results[toolUseId] = completed.Error is { } error ? ToolOutcome.ErrorResult(error) : completed.Result!.Value;

        /// <summary>Answers the open calls of the last turn; those without a result get one that says so.</summary>
        public void End()
        {
            if (_calls.Count == 0) return;
            messages.Add(MessageParts.ToResultMessage(
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
