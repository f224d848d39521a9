namespace Sluice.Evals.Recording;

/// <summary>Tells what an agent did wrong from what was done to it: an outage says nothing of an agent's quality.</summary>
internal static class RunFaults
{
    private static readonly HashSet<string> NotTheAgents = new(StringComparer.Ordinal)
    {
        ErrorCodes.ProviderFailed,
        ErrorCodes.ProviderAuth,
        ErrorCodes.ProviderRateLimited,
        ErrorCodes.ProviderOverloaded,
        ErrorCodes.ProviderUnavailable,
        ErrorCodes.ProviderTimeout,
        ErrorCodes.StoreUnavailable,
        ErrorCodes.StoreSchema,
        ErrorCodes.StoreBusy,
        ErrorCodes.StoreFull,
        ErrorCodes.JournalConflict,
        ErrorCodes.LeaseLost,
        ErrorCodes.SpecChanged,
        ErrorCodes.ShuttingDown,
        ErrorCodes.Cancelled,
        ErrorCodes.NotAvailable,
        ErrorCodes.NotRecorded,
        ErrorCodes.InvalidCassette,
        ErrorCodes.InvalidScript,
        ErrorCodes.Internal,
    };

    /// <summary>Why a run says nothing of its agents; null when it does.</summary>
    public static ErrorInfo? FindObstacle(RecordedRun run)
    {
        if (run.Error is { } error && NotTheAgents.Contains(error.Code)) return error;
        if (run.FinishReason == FinishReason.Cancelled)
            return new() { Code = ErrorCodes.Cancelled, Message = "The run was cancelled by somebody else." };
        if (!run.HasEnded)
            return new() { Code = ErrorCodes.ShuttingDown, Message = "The run left memory before it ended: its runtime was shut down, or it waited too long." };
        // The agent that asked may go on without its sub-agent, and would be scored for an outage.
        foreach (var (agent, failure) in run.AgentFailures)
        {
            if (NotTheAgents.Contains(failure.Code)) return failure with { Message = $"Agent '{agent}' failed. {failure.Message}" };
        }

        return null;
    }

    /// <summary>What the agent did wrong, as an error; null when it came to its end.</summary>
    public static ErrorInfo? FindFailure(RecordedRun run) => run switch
    {
        { Error: { } error } => error,
        { FinishReason: FinishReason.Limit } => new() { Code = ErrorCodes.LimitReached, Message = $"The run reached its limit '{run.Limit}'." },
        { FinishReason: FinishReason.MaxTurns } => new() { Code = ErrorCodes.LimitReached, Message = "The agent used all its turns." },
        _ => null,
    };
}
