using System.Text;
using Sluice.Journal;

namespace Sluice.Studio.Threads;

/// <summary>Reads from a run's records what was asked and what the agent that was asked answered.</summary>
internal static class MessageReader
{
    /// <summary>What a run was asked; empty when that is not recorded.</summary>
    public static async ValueTask<string> PromptAsync(AgentRuntime runtime, string runId, CancellationToken cancellationToken)
    {
        await foreach (var entry in runtime.JournalAsync(runId, cancellationToken: cancellationToken).ConfigureAwait(false))
            return entry.ReadData() is RunStartedData started ? started.Prompt : "";
        return "";
    }

    /// <summary>The messages of a run: the prompt, and the answer as far as it is there.</summary>
    public static async ValueTask<IReadOnlyList<ThreadMessage>> ReadAsync(AgentRuntime runtime, RunRecord run, CancellationToken cancellationToken)
    {
        var (answer, turn, at) = (new StringBuilder(), 0, run.StartedAt);
        if (run.LastEvent > 0)
        {
            await foreach (var runtimeEvent in runtime.EventsAsync(run.RunId, 0, cancellationToken).ConfigureAwait(false))
            {
                // Sub-agents answer those who called them.
                if (runtimeEvent.ParentToolUseId is null) Take(runtimeEvent);
                if (runtimeEvent.Sequence >= run.LastEvent) break;
            }
        }

        var prompt = new ThreadMessage
        {
            RunId = run.RunId,
            Role = MessageRole.User,
            Agent = run.EntryAgent,
            At = run.StartedAt,
            Text = await PromptAsync(runtime, run.RunId, cancellationToken).ConfigureAwait(false),
        };
        return answer.Length == 0
            ? [prompt]
            : [prompt, new() { RunId = run.RunId, Role = MessageRole.Assistant, Agent = run.EntryAgent, Text = answer.ToString(), At = at }];

        void Take(RuntimeEvent runtimeEvent)
        {
            switch (runtimeEvent)
            {
                case StepStartEvent:
                    if (answer.Length > turn) answer.Append("\n\n");
                    turn = answer.Length;
                    break;
                case RetryEvent:
                    answer.Length = turn;
                    break;
                case TextEvent text:
                    answer.Append(text.Text);
                    at = text.At;
                    break;
            }
        }
    }
}
