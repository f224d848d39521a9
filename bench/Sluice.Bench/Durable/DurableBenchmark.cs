using Sluice.Bench.Measuring;
using Sluice.Bench.Stores;
using Sluice.Storage;

namespace Sluice.Bench.Durable;

/// <summary>What a turn costs more when it is durable.</summary>
internal static class DurableBenchmark
{
    private const int TurnsOfARun = 20;

    public static async Task RunAsync()
    {
        using var folder = new StoreFolder();
        foreach (var job in (Job[])[Job.Small, Job.Realistic])
        {
            Title("SQLite", job);
            await using (var storage = folder.Open($"normal-{job.Name}"))
            {
                await CompareAsync(job, storage, atOnce: 64, runs: 16);
                await CompareAsync(job, storage, atOnce: 64, runs: 16, answersLater: true);
                await CompareAsync(job, storage, atOnce: 1, runs: 256, rounds: 5, warmUps: 2);
            }

            Title("SQLite, each commit flushed to the disk", job);
            await using (var storage = folder.Open($"full-{job.Name}", new() { Synchronous = SqliteSynchronous.Full }))
                await CompareAsync(job, storage, atOnce: 64, runs: 4, rounds: 5, warmUps: 3);
        }

        await RunPostgresAsync();
        await SyncAsync(folder);
    }

    private static async Task RunPostgresAsync()
    {
        await using var database = await PostgresDatabase.TryStartAsync();
        if (database is null) return;
        foreach (var job in (Job[])[Job.Small, Job.Realistic])
        {
            Title("PostgreSQL on loopback, each commit flushed; the CPU of the server is not in it", job);
            await using var storage = database.Open();
            // A database that is a minute old has been looked through by itself.
            await RunAsync(job, storage, atOnce: 64, runs: 8);
            await database.AnalyzeAsync();
            await CompareAsync(job, storage, atOnce: 64, runs: 4, rounds: 5, warmUps: 3);
            await CompareAsync(job, storage, atOnce: 1, runs: 16, rounds: 3, warmUps: 1);
        }
    }

    private static void Title(string store, Job job) => Table.Title(
        $"Durable: one {job.Name} tool-calling turn in {store}; runs of {TurnsOfARun} turns, every event is read",
        "the same runs with storage in memory");

    private static async Task CompareAsync(
        Job job, IRuntimeStorage storage, int atOnce, int runs, bool answersLater = false, int rounds = 7, int warmUps = 4)
    {
        var costs = await Comparison.RunAsync(
            () => RunAsync(job, null, atOnce, runs, answersLater), () => RunAsync(job, storage, atOnce, runs, answersLater),
            (long)atOnce * runs * TurnsOfARun, rounds, warmUps);
        Table.Throughput($"{atOnce} at a time{(answersLater ? ", model answers later" : "")}", costs);
    }

    private static async Task RunAsync(Job job, IRuntimeStorage? storage, int atOnce, int runs, bool answersLater = false)
    {
        // Storage in memory keeps every run: a fresh one per round, so that all rounds do the same.
        await using var runtime = job.CreateRuntime(TurnsOfARun, options => options.Storage = storage, answersLater);
        await JobRuns.RunAsync(runtime, atOnce, runs);
    }

    private static async Task SyncAsync(StoreFolder folder)
    {
        const int Turns = 2_000;
        Table.Title("Durable: a bare file, one record per turn, each flushed to the disk", "100 bytes per record; beside it 4 000 bytes");
        Table.Throughput("append and flush", await Comparison.RunAsync(() => Append(100), () => Append(4_000), Turns, rounds: 5, warmUps: 2));

        Task Append(int bytes)
        {
            using var file = new SyncedFile(folder.PathOf("bare"));
            for (var turn = 0; turn < Turns; turn++) file.Append(new byte[bytes]);
            return Task.CompletedTask;
        }
    }
}
