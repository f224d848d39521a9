using System.Diagnostics;
using Sluice.Bench.Measuring;

namespace Sluice.Bench.Waiting;

/// <summary>What a run costs that waits for a person, and how fast waiting runs are decided and finished.</summary>
internal static class WaitingBenchmark
{
    private const int Runs = 20_000;
    private const int Rounds = 3;

    public static async Task RunAsync()
    {
        Table.Title(
            $"Waiting: {Runs:N0} runs at an approval gate",
            "hand-written loops that await a promise each; nothing is kept, nothing is checked");
        await CompareAsync("in memory", suspends: false);
        await CompareAsync("suspended", suspends: true);
    }

    private static async Task CompareAsync(string what, bool suspends)
    {
        var floors = new WaitingFigures[Rounds];
        var subjects = new WaitingFigures[Rounds];
        await MeasureAsync(() => new WaitingByHand(Runs));
        await MeasureAsync(() => new WaitingBySluice(Runs, suspends));
        for (var round = 0; round < Rounds; round++)
        {
            floors[round] = await MeasureAsync(() => new WaitingByHand(Runs));
            subjects[round] = await MeasureAsync(() => new WaitingBySluice(Runs, suspends));
        }

        var (floor, subject) = (WaitingFigures.Median(floors), WaitingFigures.Median(subjects));
        Table.Row($"{what}, live bytes per run", floor.BytesPerRun, subject.BytesPerRun);
        Table.Row($"{what}, threads of the process", floor.Threads, subject.Threads);
        Table.Figure($"{what}, timers", subject.Timers);
        Table.Row($"{what}, decided and finished per second", floor.FinishedPerSecond, subject.FinishedPerSecond);
    }

    private static async Task<WaitingFigures> MeasureAsync(Func<IWaitingRuns> create)
    {
        // The round before must be over and off the stack, or it counts as alive.
        await SettleAsync();
        await using var runs = create();
        var before = Memory.Live();
        await runs.StartAsync();
        await SettleAsync();
        var live = Memory.Live() - before;
        using var process = Process.GetCurrentProcess();
        var threads = process.Threads.Count;
        var timers = Timer.ActiveCount;
        var started = Stopwatch.GetTimestamp();
        await runs.DecideAsync();
        return new((double)live / Runs, threads, timers, Runs / Stopwatch.GetElapsedTime(started).TotalSeconds);
    }

    /// <summary>Lets what is still under way come to rest: the last run has said that it waits, and is about to.</summary>
    private static async Task SettleAsync()
    {
        do await Task.Delay(TimeSpan.FromMilliseconds(250));
        while (ThreadPool.PendingWorkItemCount > 0);
    }
}
