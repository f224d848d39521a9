using System.Diagnostics;
using Sluice.Bench.Measuring;
using Sluice.Bench.Stores;
using Sluice.Storage;

namespace Sluice.Bench.Gates;

/// <summary>Very many runs that wait for a person in one SQLite file: what they take, and whether they are in each other's way.</summary>
internal static class GatesBenchmark
{
    private const int Few = 1_000;
    private const int Many = 100_000;
    private const int Page = 100;

    public static async Task RunAsync()
    {
        using var folder = new StoreFolder();
        Table.Title($"Gates: {Many:N0} runs at a gate in one SQLite file, which is closed and opened again before they are decided", $"the same with {Few:N0} runs");
        // Once before, so that the few do not pay for what is compiled.
        await MeasureAsync(folder, "before", Few);
        var few = await MeasureAsync(folder, "few", Few);
        var many = await MeasureAsync(folder, "many", Many);
        Table.Row("started and suspended, per second", few.ParkedPerSecond, many.ParkedPerSecond);
        Table.Row("live bytes of all", few.LiveBytes, many.LiveBytes);
        Table.Row("bytes on disk, per run", few.DiskBytesPerRun, many.DiskBytesPerRun);
        Table.Figure("bytes of its entries' JSON, per run", many.SaidBytesPerRun);
        Table.Row($"first page of {Page}, CPU ns", few.FirstPage.CpuNanoseconds, many.FirstPage.CpuNanoseconds);
        Table.Row($"first page of {Page}, elapsed ns", few.FirstPage.ElapsedNanoseconds, many.FirstPage.ElapsedNanoseconds);
        Table.Row("one decision to its run's end, CPU ns", few.Decision.CpuNanoseconds, many.Decision.CpuNanoseconds);
        Table.Row("one decision to its run's end, elapsed ns", few.Decision.ElapsedNanoseconds, many.Decision.ElapsedNanoseconds);
        Table.Row("decided and finished, CPU ns", few.Finishing.CpuNanoseconds, many.Finishing.CpuNanoseconds);
        Table.Row("decided and finished, per second", 1e9 / few.Finishing.ElapsedNanoseconds, 1e9 / many.Finishing.ElapsedNanoseconds);
        await CompareWithMemoryAsync(folder);
        await CountAsync(folder);
    }

    private static async Task<GatesFigures> MeasureAsync(StoreFolder folder, string name, int count)
    {
        await folder.Open("empty").DisposeAsync();
        var (parked, live) = await ParkAsync(folder, name, count);
        var disk = (double)(folder.BytesOf(name) - folder.BytesOf("empty")) / count;
        await using var storage = folder.Open(name);
        await using var runtime = new GatedRuntime(storage);
        var said = await SaidAsync(runtime);
        var page = await MedianAsync(51, async () => await runtime.InboxAsync(Page));
        var decision = await MedianAsync(51, async () => await runtime.DecideAsync((await runtime.InboxAsync(1))[0]));
        var finishing = await Cost.MeasureAsync(() => runtime.DecideAllAsync(count - 51), count - 51);
        return new()
        {
            ParkedPerSecond = parked,
            LiveBytes = live,
            DiskBytesPerRun = disk,
            SaidBytesPerRun = said,
            FirstPage = page,
            Decision = decision,
            Finishing = finishing,
        };
    }

    private static async Task<(double PerSecond, double LiveBytes)> ParkAsync(StoreFolder folder, string name, int count)
    {
        await using var storage = folder.Open(name);
        await using var runtime = new GatedRuntime(storage);
        // What the runtime and the store make once is not the runs'.
        await runtime.ParkAsync(1);
        var before = Memory.Live();
        var started = Stopwatch.GetTimestamp();
        await runtime.ParkAsync(count - 1);
        var elapsed = Stopwatch.GetElapsedTime(started);
        // The last run has said that it leaves, and is about to.
        await Task.Delay(TimeSpan.FromMilliseconds(500));
        return ((count - 1) / elapsed.TotalSeconds, Memory.Live() - before);
    }

    private static async Task<double> SaidAsync(GatedRuntime runtime)
    {
        var bytes = 0;
        await foreach (var entry in runtime.JournalAsync((await runtime.InboxAsync(1))[0].RunId)) bytes += entry.Data.Length;
        return bytes;
    }

    private static async Task<Cost> MedianAsync(int times, Func<Task> work)
    {
        var costs = new Cost[times];
        for (var time = 0; time < times; time++) costs[time] = await Cost.MeasureAsync(work, 1);
        return Cost.Median(costs);
    }

    private static async Task CompareWithMemoryAsync(StoreFolder folder)
    {
        const int Count = 10_000;
        Table.Title($"Gates: {Count:N0} waiting runs decided and finished", "the same with storage in memory");
        var floors = new Cost[3];
        var subjects = new Cost[3];
        for (var round = 0; round < floors.Length; round++)
        {
            await using (var memory = MemoryStorage.Create()) floors[round] = await FinishAsync(memory);
            await using (var storage = folder.Open($"compared-{round}")) subjects[round] = await FinishAsync(storage);
        }

        Table.Throughput("a run", new() { Floor = Cost.Median(floors), Subject = Cost.Median(subjects) });

        static async Task<Cost> FinishAsync(IRuntimeStorage storage)
        {
            await using var runtime = new GatedRuntime(storage);
            await runtime.ParkAsync(Count);
            return await Cost.MeasureAsync(() => runtime.DecideAllAsync(Count), Count);
        }
    }

    private static async Task CountAsync(StoreFolder folder)
    {
        Table.Title($"Gates: rows read for one decision beside {Few:N0} waiting runs", "the entries that the run had");
        await using var storage = folder.Open("counted");
        await using (var parking = new GatedRuntime(storage)) await parking.ParkAsync(Few);
        await using var reader = new GatedRuntime(storage);
        var request = (await reader.InboxAsync(1000))[Few / 2];
        var had = 0;
        await foreach (var _ in reader.JournalAsync(request.RunId)) had++;
        await reader.DisposeAsync();

        var counts = new ReadCounts(request.RunId);
        await using (var runtime = new GatedRuntime(new CountingStorage(storage, counts))) await runtime.DecideAsync(request);
        Table.Row("entries of the run", had, counts.Entries);
        Table.Figure("approvals of the run", counts.Approvals);
        Table.Figure("entries of other runs", counts.EntriesOfOthers);
        Table.Figure("approvals of other runs", counts.ApprovalsOfOthers);
    }
}
