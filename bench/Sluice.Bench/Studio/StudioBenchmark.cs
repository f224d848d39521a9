using System.Diagnostics;
using Sluice.Bench.Measuring;
using Sluice.Bench.Stores;

namespace Sluice.Bench.Studio;

/// <summary>Many readers of a live run, and long lists, over HTTP.</summary>
internal static class StudioBenchmark
{
    private const int Calls = 300;
    private const int Readers = 200;
    private const int Rounds = 5;
    private const int PageRounds = 200;
    private const string Named = "data/schema?limit=50&filter=table_5";

    public static async Task RunAsync()
    {
        using var folder = new StoreFolder();
        await ReadersAsync(folder);
        await ListsAsync(folder);
        await TablesAsync(folder);
    }

    private static async Task ReadersAsync(StoreFolder folder)
    {
        await using var studio = await StudioOfBench.StartAsync(folder, "readers");
        Table.Title($"Events of a live run over HTTP, {Readers} readers, to all of them per second", "one reader");
        await WatchAsync(studio, 1);
        var (one, many) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            one.Add(await WatchAsync(studio, 1));
            many.Add(await WatchAsync(studio, Readers));
        }

        Table.Row("events per second", Middle(one), Middle(many));
    }

    /// <summary>Lets readers attach to a run that waits, decides, and counts what they get until its end.</summary>
    private static async Task<double> WatchAsync(StudioOfBench studio, int readers)
    {
        var (run, request) = await studio.BeginAsync(Calls);
        var attached = new CountdownEvent(readers);
        var reading = Enumerable.Range(0, readers).Select(_ => Task.Run(() => studio.ReadToEndAsync(run, () => attached.Signal()))).ToArray();
        await Task.Run(attached.Wait);
        var started = Stopwatch.GetTimestamp();
        await studio.ApproveAsync(request);
        var events = (await Task.WhenAll(reading)).Sum();
        return events / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static async Task ListsAsync(StoreFolder folder)
    {
        await using var small = await StudioOfBench.StartAsync(folder, "small");
        await small.FillAsync(1_000);
        await using var large = await StudioOfBench.StartAsync(folder, "large");
        await large.FillAsync(100_000);
        Table.Title("A page of 50 runs over HTTP, microseconds", "the same with 1 000 runs");
        foreach (var (what, pagesBefore) in ((string, int)[])[("first page", 0), ("tenth page", 9)])
            await CompareAsync(what, await small.PagesAsync("runs?limit=50", pagesBefore), await large.PagesAsync("runs?limit=50", pagesBefore));
        Table.Title("A page of 50 requests of 100 000 over HTTP, microseconds", "the same with 1 000 requests");
        foreach (var (what, list) in ((string, string)[])[("waiting, oldest first", "approvals?limit=50"), ("answered, newest first", "approvals?closed=true&newest=true&limit=50")])
        {
            foreach (var pagesBefore in (int[])[0, 9])
                await CompareAsync($"{what}, page {pagesBefore + 1}", await small.PagesAsync(list, pagesBefore), await large.PagesAsync(list, pagesBefore));
        }
    }

    private static async Task TablesAsync(StoreFolder folder)
    {
        await using var small = await StudioOfBench.StartAsync(folder, "few-tables", tables: 100);
        await using var large = await StudioOfBench.StartAsync(folder, "many-tables", tables: 10_000);
        Table.Title("Tables of 10 000 with 200 000 columns, found by a part of their name over HTTP, microseconds", "the same with 100 tables");
        Table.Row("the first time", await TimeAsync(await small.PagesAsync(Named, 0)), await TimeAsync(await large.PagesAsync(Named, 0)));
        await CompareAsync("then", await small.PagesAsync(Named, 0), await large.PagesAsync(Named, 0));
    }

    private static async Task CompareAsync(string what, Func<Task> floor, Func<Task> subject)
    {
        var (few, many) = (new List<double>(), new List<double>());
        for (var round = 0; round < PageRounds; round++)
        {
            few.Add(await TimeAsync(floor));
            many.Add(await TimeAsync(subject));
        }

        Table.Row(what, Middle(few), Middle(many));
    }

    private static async Task<double> TimeAsync(Func<Task> page)
    {
        var started = Stopwatch.GetTimestamp();
        await page();
        return Stopwatch.GetElapsedTime(started).TotalMicroseconds;
    }

    private static double Middle(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
