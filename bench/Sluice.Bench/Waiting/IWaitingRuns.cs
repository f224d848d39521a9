namespace Sluice.Bench.Waiting;

/// <summary>Many runs that wait for a decision each.</summary>
internal interface IWaitingRuns : IAsyncDisposable
{
    /// <summary>Starts the runs; completes when all of them wait.</summary>
    Task StartAsync();

    /// <summary>Approves every run's call; completes when all runs have finished.</summary>
    Task DecideAsync();
}
