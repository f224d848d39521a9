namespace Sluice.Bench.Durable;

/// <summary>Runs of a job, one after the other and side by side.</summary>
internal static class JobRuns
{
    /// <summary>Each of <paramref name="atOnce"/> readers does its runs one after the other, and reads every event.</summary>
    public static Task RunAsync(SluiceRuntime runtime, int atOnce, int runs) =>
        Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => Task.Run(() => RunAsync(runtime, runs))));

    private static async Task RunAsync(SluiceRuntime runtime, int runs)
    {
        for (var run = 0; run < runs; run++)
        {
            var isFinished = false;
            await foreach (var runtimeEvent in runtime.QueryAsync("How many boots are there?"))
                isFinished |= runtimeEvent is FinishEvent { FinishReason: FinishReason.Stop };
            if (!isFinished) throw new InvalidOperationException("A run did not finish.");
        }
    }
}
