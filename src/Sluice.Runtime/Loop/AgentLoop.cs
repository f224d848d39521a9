using Microsoft.Extensions.AI;
using Sluice.Journal;
using Sluice.Runtime.Diagnostics;
using Sluice.Runtime.History;
using Sluice.Runtime.Tools;

namespace Sluice.Runtime.Loop;

/// <summary>
/// Runs one agent: prompt → model → tools → model, until it stops calling tools or its turns are used up. The same code runs a new frame
/// and a resumed one: steps that are in the journal are answered from it.
/// </summary>
internal sealed class AgentLoop(ThreadHistory history, TurnReader turns, ToolCalls toolCalls)
{
    public async ValueTask<FrameResult> RunAsync(Frame frame)
    {
        using var activity = SluiceDiagnostics.StartAgent(frame);
        await StartAsync(frame).ConfigureAwait(false);
        FrameResult result;
        try
        {
            result = await TakeTurnsAsync(frame).ConfigureAwait(false);
        }
        catch (FrameFailedException failure)
        {
            result = new(FinishReason.Stop, "", failure.Error);
        }

        SluiceDiagnostics.EndAgent(activity, frame, result);
        await CompleteAsync(frame, result).ConfigureAwait(false);
        return result;
    }

    private async ValueTask StartAsync(Frame frame)
    {
        frame.Messages.Add(frame.Agent.SystemMessage);
        if (frame.Agent.Spec.Stateful)
            await history.AddAsync(frame).ConfigureAwait(false);
        frame.FirstOwnMessage = frame.Messages.Count;
        frame.Messages.Add(new(ChatRole.User, frame.Prompt));
        if (frame.Run.Journal.Recorded<FrameStartedData>(JournalEntryKind.FrameStarted, frame.Path) is null)
        {
            await frame.Run.Journal.AppendAsync(
                frame.Path, frame.Agent.Name, new FrameStartedData { Prompt = frame.Prompt, ParentToolUseId = frame.ParentToolUseId })
                .ConfigureAwait(false);
        }
    }

    private async ValueTask<FrameResult> TakeTurnsAsync(Frame frame)
    {
        while (frame.Turn < frame.Agent.Spec.MaxTurns)
        {
            var turn = await turns.NextAsync(frame).ConfigureAwait(false);
            if (turn.Message.Contents.Count > 0) frame.Messages.Add(turn.Message);
            if (turn.Calls.Count == 0) return new(FinishReason.Stop, turn.Text, null);
            await toolCalls.RunAsync(frame, turn).ConfigureAwait(false);
        }

        return new(FinishReason.MaxTurns, "", null);
    }

    private static async ValueTask CompleteAsync(Frame frame, FrameResult result)
    {
        if (frame.Agent.Spec.Stateful)
            frame.Run.Conversations.Add(frame.Agent.Name, frame.Messages.Skip(frame.FirstOwnMessage));
        if (frame.Run.Journal.Recorded<FrameCompletedData>(JournalEntryKind.FrameCompleted, frame.Path) is not null) return;
        var completed = new FrameCompletedData
        {
            FinishReason = result.Reason,
            Text = result.Text,
            Error = result.Error,
            Model = frame.Agent.Spec.Model.Id,
            Usage = frame.Usage,
            CostUsd = frame.CostUsd,
            LatencyMs = frame.LatencyMs,
            ParentToolUseId = frame.ParentToolUseId,
        };
        await frame.Run.Journal.AppendAsync(frame.Path, frame.Agent.Name, completed).ConfigureAwait(false);
    }
}
