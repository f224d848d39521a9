using Microsoft.Extensions.AI;
using Sluice.Journal;
using Sluice.Runtime.Runs;

namespace Sluice.Runtime.Loop;

/// <summary>Takes a model turn: from the journal when it was recorded, else from the model, emitting its text as it arrives.</summary>
internal sealed class TurnReader(Limits limits, TimeProvider time)
{
    public async ValueTask<AssistantTurn> NextAsync(Frame frame)
    {
        var number = ++frame.Turn;
        var key = StepKey.Turn(frame.Path, number);
        var completed = frame.Run.Journal.Recorded<TurnCompletedData>(JournalEntryKind.TurnCompleted, key);
        if (completed is null)
        {
            CheckLimits(frame.Run.Usage);
            completed = await CallModelAsync(frame, number, key).ConfigureAwait(false);
            await frame.Run.Journal.AppendAsync(key, frame.Agent.Name, completed).ConfigureAwait(false);
            frame.Run.Usage.AddTurn(frame.Agent.Name, completed.Model ?? frame.Agent.Spec.Model.Id, completed);
        }

        frame.Usage += completed.Usage;
        frame.CostUsd += completed.CostUsd;
        frame.LatencyMs += completed.LatencyMs;
        return new(key, completed.Parts);
    }

    private void CheckLimits(RunUsage usage)
    {
        if (usage.Turns >= limits.Turns) throw new RunStoppedException("turns");
        if (usage.Tokens >= limits.Tokens) throw new RunStoppedException("tokens");
        if (usage.CostUsd >= limits.CostUsd) throw new RunStoppedException("cost_usd");
        if (usage.Worked >= limits.WallTime) throw new RunStoppedException("wall_time");
    }

    private async ValueTask<TurnCompletedData> CallModelAsync(Frame frame, int number, string key)
    {
        var started = time.GetTimestamp();
        var turn = new TurnBuilder(frame, number, key);
        try
        {
            await ReadAsync(frame, turn).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not RunFaultException
            && (exception is not OperationCanceledException || !frame.Run.CancellationToken.IsCancellationRequested))
        {
            var error = (exception as SluiceException)?.ToErrorInfo()
                ?? new ErrorInfo { Code = ErrorCodes.ProviderFailed, Message = $"The model call failed: {exception.Message}" };
            throw new FrameFailedException(error, exception);
        }

        var elapsed = time.GetElapsedTime(started);
        frame.Run.Usage.AddWork(elapsed);
        return turn.Build((long)elapsed.TotalMilliseconds, limits.MaxArgumentBytes);
    }

    /// <summary>Reads the stream. What has arrived is emitted whenever the next piece is not there yet, so pieces that come together go out together.</summary>
    private static async ValueTask ReadAsync(Frame frame, TurnBuilder turn)
    {
        var updates = frame.Agent.Client
            .GetStreamingResponseAsync(frame.Messages, frame.Agent.ChatOptions, frame.Run.CancellationToken)
            .GetAsyncEnumerator(frame.Run.CancellationToken);
        await using (updates.ConfigureAwait(false))
        {
            while (true)
            {
                var next = updates.MoveNextAsync();
                if (!next.IsCompleted) await turn.EmitAsync().ConfigureAwait(false);
                if (!await next.ConfigureAwait(false)) break;
                turn.Add(updates.Current);
            }
        }

        turn.EndText();
        if (turn.HasEmitted) await turn.EmitAsync().ConfigureAwait(false);
    }
}
