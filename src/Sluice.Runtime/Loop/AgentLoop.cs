using Microsoft.Extensions.AI;
using Sluice.Journal;
using Sluice.Runtime.Budgets;
using Sluice.Runtime.Diagnostics;
using Sluice.Runtime.History;
using Sluice.Runtime.Runs;
using Sluice.Runtime.Tools;

namespace Sluice.Runtime.Loop;

/// <summary>
/// Runs one agent: prompt → model → tools → model, until it stops calling tools or its turns are used up. The same code runs a new frame
/// and a resumed one: steps that are in the journal are answered from it.
/// </summary>
internal sealed class AgentLoop(
    ThreadHistory history, Compaction compaction, TurnReader turns, ToolCalls toolCalls, RunBudget budget)
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
        catch (RunStoppedException stopped) when (!frame.IsToolCall && budget.AllowsLastTurn(frame, stopped.Limit))
        {
            result = await WrapUpAsync(frame, stopped.Limit).ConfigureAwait(false);
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
        frame.PromptIndex = frame.Messages.Count;
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
            var turn = await NextTurnAsync(frame).ConfigureAwait(false);
            if (turn.Message.Contents.Count > 0) frame.Messages.Add(turn.Message);
            if (turn.Limit is { } limit) return new(FinishReason.Limit, turn.Text, null, limit);
            if (turn.IsPaused) continue;
            if (turn.Calls.Count == 0) return new(FinishReason.Stop, TextOf(frame, turn), null);
            await toolCalls.RunAsync(frame, turn).ConfigureAwait(false);
            if (frame.IsToolCall) return new(FinishReason.Stop, "", null);
        }

        return new(FinishReason.MaxTurns, "", null);
    }

    private async ValueTask<AssistantTurn> NextTurnAsync(Frame frame)
    {
        await compaction.FitAsync(frame).ConfigureAwait(false);
        try
        {
            return await turns.NextAsync(frame).ConfigureAwait(false);
        }
        catch (FrameFailedException failure) when (failure.Error.Code == ErrorCodes.ContextTooLong)
        {
            if (!await compaction.ShrinkAsync(frame).ConfigureAwait(false)) throw;
        }

        return await turns.NextAsync(frame).ConfigureAwait(false);
    }

    /// <summary>The answer of a turn that ends a frame. One that says nothing and that the model did not mean to end with is a failure.</summary>
    private static string TextOf(Frame frame, AssistantTurn turn)
    {
        if (turn.Text.Length > 0) return turn.Text;
        if (turn.FinishReason == ChatFinishReason.ContentFilter.Value)
            throw new FrameFailedException(new() { Code = ErrorCodes.ModelRefused, Message = $"The model of agent '{frame.Agent.Name}' refused to answer." });
        if (turn.FinishReason == ChatFinishReason.Length.Value)
        {
            throw new FrameFailedException(new()
            {
                Code = ErrorCodes.OutputTooLong,
                Message = $"The answer of agent '{frame.Agent.Name}' reached its limit of tokens before it said anything. Raise maxOutputTokens of its model, or lower its reasoning.",
            });
        }

        return "";
    }

    /// <summary>Lets the entry agent have the last word. One that cannot be had does not change why the run ends.</summary>
    private async ValueTask<FrameResult> WrapUpAsync(Frame frame, string limit)
    {
        try
        {
            var turn = await turns.LastAsync(frame, limit).ConfigureAwait(false);
            if (turn.Message.Contents.Count > 0) frame.Messages.Add(turn.Message);
            return new(FinishReason.Limit, turn.Text, null, limit);
        }
        catch (FrameFailedException)
        {
            return new(FinishReason.Limit, "", null, limit);
        }
    }

    private static async ValueTask CompleteAsync(Frame frame, FrameResult result)
    {
        if (frame.Agent.Spec.Stateful) ThreadHistory.End(frame);
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
