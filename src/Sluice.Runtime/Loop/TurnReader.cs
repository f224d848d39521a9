using Microsoft.Extensions.AI;
using Sluice.Journal;
using Sluice.Models;
using Sluice.Runtime.Budgets;
using Sluice.Runtime.Runs;

namespace Sluice.Runtime.Loop;

/// <summary>Takes a model turn: from the journal when it was recorded, else from the model, emitting its text as it arrives.</summary>
internal sealed class TurnReader(RunBudget budget, Limits limits, ModelTable prices, TimeProvider time)
{
    /// <summary>The frame's next turn.</summary>
    /// <exception cref="RunStoppedException">The run has reached a limit.</exception>
    public ValueTask<AssistantTurn> NextAsync(Frame frame) => NextAsync(frame, limit: null);

    /// <summary>The run's last turn, in which the model can't call tools.</summary>
    public ValueTask<AssistantTurn> LastAsync(Frame frame, string limit)
    {
        frame.Messages.Add(new(
            ChatRole.User,
            $"The run has reached its limit '{limit}': no more tools can be called. Answer now, in a few sentences: what was done, what was found, and what is left to do."));
        return NextAsync(frame, limit);
    }

    private async ValueTask<AssistantTurn> NextAsync(Frame frame, string? limit)
    {
        var number = frame.Turn + 1;
        var key = StepKey.Turn(frame.Path, number);
        var completed = frame.Run.Journal.Recorded<TurnCompletedData>(JournalEntryKind.TurnCompleted, key);
        if (completed is null)
        {
            if (limit is null && budget.LimitOfTurn(frame) is { } reached) throw new RunStoppedException(reached);
            completed = await CallModelAsync(frame, number, key, limit).ConfigureAwait(false);
            await frame.Run.Journal.AppendAsync(key, frame.Agent.Name, completed).ConfigureAwait(false);
            frame.Run.Usage.AddTurn(frame.Agent.Name, completed.Model ?? frame.Agent.Spec.Model.Id, completed);
        }

        Count(frame, number, completed);
        return new(key, completed);
    }

    private static void Count(Frame frame, int number, TurnCompletedData completed)
    {
        frame.Turn = number;
        frame.LastTurn = completed;
        if (frame.Depth == 1) frame.Run.EntryTurn = completed;
        frame.Usage += completed.Usage;
        frame.UnmeasuredUsage = completed.Usage;
        frame.CostUsd += completed.CostUsd;
        frame.LatencyMs += completed.LatencyMs;
    }

    private async ValueTask<TurnCompletedData> CallModelAsync(Frame frame, int number, string key, string? limit)
    {
        var started = time.GetTimestamp();
        var turn = new TurnBuilder(frame, number, key, prices);
        try
        {
            await turn.BeginAsync().ConfigureAwait(false);
            await ReadAsync(frame, turn, limit is null ? frame.Agent.ChatOptions : frame.Agent.LastTurnOptions).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not RunFaultException
            && (exception is not OperationCanceledException || !frame.Run.CancellationToken.IsCancellationRequested))
        {
            var error = (exception as SluiceException)?.ToErrorInfo()
                ?? new ErrorInfo { Code = ErrorCodes.ProviderFailed, Message = $"The model call failed: {exception.Message}" };
            await turn.BreakOffAsync().ConfigureAwait(false);
            throw new FrameFailedException(error, exception);
        }

        var elapsed = time.GetElapsedTime(started);
        frame.Run.Usage.AddWork(elapsed);
        return turn.Build((long)elapsed.TotalMilliseconds, limits.MaxArgumentBytes, limit);
    }

    /// <summary>Reads the stream. What has arrived is emitted whenever the next piece is not there yet, so pieces that come together go out together.</summary>
    private static async ValueTask ReadAsync(Frame frame, TurnBuilder turn, ChatOptions options)
    {
        var updates = frame.Client
            .GetStreamingResponseAsync(frame.Messages, options, frame.Run.CancellationToken)
            .GetAsyncEnumerator(frame.Run.CancellationToken);
        await using (updates.ConfigureAwait(false))
        {
            while (true)
            {
                var next = updates.MoveNextAsync();
                if (!next.IsCompleted) await turn.EmitAsync().ConfigureAwait(false);
                if (!await next.ConfigureAwait(false)) break;
                if (updates.Current.Contents is [RetryContent retry]) await turn.RestartAsync(retry).ConfigureAwait(false);
                else turn.Add(updates.Current);
            }
        }

        turn.EndText();
        if (turn.HasEmitted) await turn.EmitAsync().ConfigureAwait(false);
    }
}
