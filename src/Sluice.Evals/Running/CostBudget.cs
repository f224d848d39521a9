namespace Sluice.Evals.Running;

/// <summary>What an eval cost so far, where prices are known. Thread-safe.</summary>
internal sealed class CostBudget(decimal? limit)
{
    private readonly Lock _gate = new();
    private decimal _spent;

    public void Add(decimal? cost)
    {
        lock (_gate) _spent += cost ?? 0;
    }

    /// <summary>Why no further sample may begin; null while one may.</summary>
    public ErrorInfo? FindObstacle()
    {
        lock (_gate)
        {
            return limit is { } most && _spent >= most ? new()
            {
                Code = ErrorCodes.LimitReached,
                Message = $"The eval has cost {_spent} US dollars and may cost {most}, so this sample was not run. Raise limits.costUsd and go on with the same folder.",
            } : null;
        }
    }
}
