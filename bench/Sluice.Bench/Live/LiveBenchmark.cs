using Sluice.Bench.Measuring;

namespace Sluice.Bench.Live;

/// <summary>What a turn with a model behind HTTP costs: raw, on the official SDK, and through the whole runtime.</summary>
internal static class LiveBenchmark
{
    private const int FirstEvents = 200;

    /// <summary>Each with how many turns one round of it has: enough that the clock of the CPU is fine enough for it.</summary>
    private static readonly (Func<Uri, int, bool, ILiveLoop> Create, int TurnsOfARound)[] Loops =
    [
        (static (server, turns, isSlow) => new RawHttpLoop(server, turns, isSlow), 3200),
        (static (server, turns, isSlow) => new SdkMessagesLoop(server, turns, isSlow), 800),
        (ChatClientLoop.OfSdk, 800),
        (ChatClientLoop.OfSluice, 3200),
        (static (server, turns, isSlow) => new SluiceLoop(server, turns, isSlow), 3200),
    ];

    public static async Task RunAsync()
    {
        await using var server = await LiveServerProcess.StartAsync();
        await WarmUpAsync(server.Address);
        LiveTable.Title("Live: CPU of the client per turn, 4 conversations at a time, by the turns of a conversation", "µs");
        foreach (var turns in (int[])[10, 50, 100, 200])
            LiveTable.Costs($"{turns} turns", await MeasureAsync(server.Address, turns, atOnce: 4), cost => cost.CpuNanoseconds / 1000);

        LiveTable.Title("Live: 64 conversations of 20 turns at a time", "turns per second; µs");
        var crowd = await MeasureAsync(server.Address, turns: 20, atOnce: 64);
        LiveTable.Costs("turns per second", crowd, cost => 1e9 / cost.ElapsedNanoseconds);
        LiveTable.Costs("CPU of the client", crowd, cost => cost.CpuNanoseconds / 1000);

        LiveTable.Title("Live: time to the first text of a conversation, one at a time, an answer in pieces 5 ms apart", "µs");
        await FirstEventsAsync(server.Address);
    }

    /// <summary>The second tier of the compiler works in the background; what is measured must run its code.</summary>
    private static async Task WarmUpAsync(Uri server)
    {
        for (var round = 0; round < 8; round++)
        {
            foreach (var (create, _) in Loops)
            {
                await using var loop = create(server, 10, false);
                await AtOnceAsync(loop, count: 4, runs: 10);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(300));
        }
    }

    private static async Task<IReadOnlyList<(string Name, Cost Cost)>> MeasureAsync(Uri server, int turns, int atOnce)
    {
        const int WarmUps = 1;
        const int Rounds = 5;
        var costs = Loops.Select(_ => new List<Cost>()).ToArray();
        var names = new string[Loops.Length];
        for (var round = 0; round < WarmUps + Rounds; round++)
        {
            for (var index = 0; index < Loops.Length; index++)
            {
                // Storage in memory keeps every run: a fresh loop per round, so that all rounds do the same.
                await using var loop = Loops[index].Create(server, turns, false);
                var runs = Math.Max(Loops[index].TurnsOfARound / turns / atOnce, 1);
                names[index] = loop.Name;
                await loop.RunAsync();
                var cost = await Cost.MeasureAsync(() => AtOnceAsync(loop, atOnce, runs), (long)runs * atOnce * (turns + 1));
                if (round >= WarmUps) costs[index].Add(cost);
            }
        }

        return [.. names.Zip(costs.Select(Cost.Median))];
    }

    private static async Task FirstEventsAsync(Uri server)
    {
        var loops = Loops.Select(loop => loop.Create(server, 1, true)).ToArray();
        var times = loops.Select(_ => new List<double>()).ToArray();
        for (var run = 0; run < FirstEvents; run++)
        {
            for (var index = 0; index < loops.Length; index++) times[index].Add((await loops[index].RunAsync()).TotalMicroseconds);
        }

        LiveTable.Values("first text, median", [.. loops.Select((loop, index) => (loop.Name, Median(times[index])))]);
        foreach (var loop in loops) await loop.DisposeAsync();
    }

    private static double Median(List<double> values)
    {
        // The first half warms up.
        var sorted = values.Skip(values.Count / 2).Order().ToArray();
        return sorted[sorted.Length / 2];
    }

    private static Task AtOnceAsync(ILiveLoop loop, int count, int runs) => Task.WhenAll(Enumerable.Range(0, count).Select(_ => Task.Run(async () =>
    {
        for (var run = 0; run < runs; run++) await loop.RunAsync();
    })));
}
