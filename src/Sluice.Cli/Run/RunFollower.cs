using Sluice.Cli.CommandLine;

namespace Sluice.Cli.Run;

/// <summary>Shows runs, one after the other, and sees to what they ask. An interruption leaves a run where it is: whoever resumes it loses nothing.</summary>
internal sealed class RunFollower(AgentRuntime runtime, RunOutput output, Approver approver, RunHints hints)
{
    /// <summary>How an interrupted run goes on; null before there is one.</summary>
    public string? AfterInterruption { get; private set; }

    /// <summary>Deals with what a run waits for already that is gone on with.</summary>
    public Task TakeUpAsync(string runId, CancellationToken cancellationToken) => approver.TakeUpAsync(runId, cancellationToken);

    /// <summary>Shows a run to its end.</summary>
    /// <param name="events">Its events. They are not to be stopped otherwise than here.</param>
    /// <param name="cancellationToken">Stops the runtime, and leaves the run in its store.</param>
    /// <returns>The last event; null when it was stopped before the first one.</returns>
    public async Task<RuntimeEvent?> FollowAsync(IAsyncEnumerable<RuntimeEvent> events, CancellationToken cancellationToken)
    {
        RuntimeEvent? last = null;
        var stopping = Task.CompletedTask;
        await using (cancellationToken.Register(() => stopping = runtime.DisposeAsync().AsTask()))
        {
            try
            {
                await foreach (var happened in events)
                {
                    last = happened;
                    AfterInterruption = IsEnd(happened) ? null : hints.AfterInterruption(happened.RunId);
                    output.Show(happened);
                    await approver.HearAsync(happened, CancellationToken.None);
                }
            }
            catch (SluiceException exception) when (cancellationToken.IsCancellationRequested && exception.Code == ErrorCodes.ShuttingDown)
            {
                // It was stopped before it began.
            }
        }

        await stopping;
        return last;
    }

    /// <summary>What the process says of a run that ended so.</summary>
    /// <exception cref="SluiceException">The run is not done.</exception>
    /// <exception cref="WaitingException">It waits in its store.</exception>
    /// <exception cref="OperationCanceledException">It was interrupted.</exception>
    public ExitCode End(RuntimeEvent? last, CancellationToken cancellationToken)
    {
        switch (last)
        {
            case FinishEvent { FinishReason: FinishReason.Stop }: return ExitCode.Done;
            case ErrorEvent failed: throw new SluiceException(failed.Error.Code, failed.Error.Message);
        }

        cancellationToken.ThrowIfCancellationRequested();
        throw last switch
        {
            FinishEvent { FinishReason: FinishReason.Suspended } => new WaitingException(
                "Nobody has answered for so long that the run now waits in its store alone.", hints.AfterInterruption(last.RunId)),
            FinishEvent { FinishReason: FinishReason.MaxTurns } => new SluiceException("max_turns", "The agent used all its turns and was not done."),
            FinishEvent { FinishReason: FinishReason.Limit } limit => new SluiceException("limit", $"The run passed its limit '{limit.Limit}'."),
            FinishEvent { FinishReason: FinishReason.Cancelled } => new SluiceException("cancelled", "The run was cancelled."),
            _ => new SluiceException(ErrorCodes.Internal, "The run ended without a word of why."),
        };
    }

    private static bool IsEnd(RuntimeEvent happened) => happened.IsTerminal && happened is not FinishEvent { FinishReason: FinishReason.Suspended };
}
