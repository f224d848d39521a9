using Sluice.Bench.Measuring;

namespace Sluice.Bench.Loop;

/// <summary>What a tool-calling turn costs, with everything a run does around its turns in it.</summary>
internal static class LoopBenchmark
{
    private const int TurnsOfARun = 20;
    private const int TurnsOfARound = 20_480;

    public static async Task RunAsync()
    {
        Table.Title(
            $"Loop: one tool-calling turn, in runs of {TurnsOfARun} turns; every event is read",
            "a loop written by hand over the same scripted client, the same tool and typed arguments");
        Table.Costs("1 run at a time", await CompareAsync(TurnsOfARun, 1, ToolEffect.ReadOnly, answersLater: false));
        Table.Costs("64 runs at a time", await CompareAsync(TurnsOfARun, 64, ToolEffect.ReadOnly, answersLater: false));
        Table.Costs("64, the model answers later", await CompareAsync(TurnsOfARun, 64, ToolEffect.ReadOnly, answersLater: true));
        Table.Costs("64, the tool has a side effect", await CompareAsync(TurnsOfARun, 64, ToolEffect.SideEffect, answersLater: false));
        foreach (var turns in (int[])[10, 100, 1000])
            Table.Costs($"1 run of {turns} turns at a time", await CompareAsync(turns, 1, ToolEffect.ReadOnly, answersLater: false));
    }

    private static Task<Comparison> CompareAsync(int turns, int atOnce, ToolEffect effect, bool answersLater)
    {
        var model = new ScriptedModel(turns, answersLater);
        var runs = Math.Max(TurnsOfARound / turns / atOnce, 1);
        return Comparison.RunAsync(
            () => AtOnceAsync(atOnce, () => RunByHandAsync(model, runs)),
            async () =>
            {
                // Storage in memory keeps every run: a fresh one per round, so that all rounds do the same.
                await using var runtime = StockAgent.Create(model, StockTool.Spec(effect));
                await AtOnceAsync(atOnce, () => RunBySluiceAsync(runtime, runs));
            },
            (long)runs * atOnce * turns);
    }

    private static Task AtOnceAsync(int count, Func<Task> work) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(_ => Task.Run(work)));

    private static async Task RunByHandAsync(ScriptedModel model, int runs)
    {
        var heard = 0;
        var loop = new HandWrittenLoop(model, (_, _) => heard++);
        for (var run = 0; run < runs; run++) await loop.RunAsync("How many boots are there?");
        Check(heard);
    }

    private static async Task RunBySluiceAsync(SluiceRuntime runtime, int runs)
    {
        var read = 0;
        for (var run = 0; run < runs; run++)
        {
            await foreach (var runtimeEvent in runtime.QueryAsync("How many boots are there?"))
            {
                if (runtimeEvent is ErrorEvent failed) throw new InvalidOperationException(failed.Error.Message);
                read++;
            }
        }

        Check(read);
    }

    /// <summary>A loop that nobody hears of would measure nothing.</summary>
    private static void Check(int events)
    {
        if (events == 0) throw new InvalidOperationException("The loop gave no events.");
    }
}
