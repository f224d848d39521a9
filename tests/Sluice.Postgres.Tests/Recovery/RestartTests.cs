using Sluice.Journal;
using Sluice.TestServers;
using static Sluice.Postgres.Tests.Rows;

namespace Sluice.Postgres.Tests.Recovery;

/// <summary>A server of its own, which writes to the disk what it answers for, crashes under load and comes back.</summary>
public sealed class RestartTests
{
    private const int Runs = 32;
    private const int Crashes = 3;

    [Fact]
    public async Task Server_ThatCrashesUnderLoad_LosesNothingAndRepeatsNothing()
    {
        ServerFixture.SkipWithoutServer();
        await using var server = await PostgresServer.StartAsync(isDurable: true);
        await using var storage = PostgresStorage.Open(server.ConnectionString, new() { RetryFor = TimeSpan.FromMinutes(2) });
        using var stopping = new CancellationTokenSource();
        var progress = new Progress(Runs);
        var writers = Enumerable.Range(0, Runs).Select(run => Task.Run(() => WriteAsync(storage, run, progress, stopping.Token))).ToArray();

        for (var crash = 0; crash < Crashes; crash++)
        {
            // Every run has got on since the last crash, so the next one meets them at work.
            await Task.WhenAny([progress.AllAdvancedAsync(), .. writers]).WaitAsync(Patience);
            await server.StopAsync(immediate: true);
            await server.RestartAsync();
        }

        await Task.WhenAny([progress.AllAdvancedAsync(), .. writers]).WaitAsync(Patience);
        await stopping.CancelAsync();
        var acknowledged = await Task.WhenAll(writers).WaitAsync(Patience);

        for (var run = 0; run < Runs; run++)
        {
            var entries = await storage.ReadAsync($"run-{run}");
            entries.Select(entry => Convert.ToHexString(entry.Hash.Span)).ShouldBe(acknowledged[run].Entries);
            JournalHash.FindBreak(entries, (await storage.Journal.GetRunAsync(Tenant, $"run-{run}", CancellationToken.None))!.LastEntry).ShouldBeNull();
            foreach (var id in acknowledged[run].Approvals)
                (await storage.Approvals.GetAsync(Tenant, id, CancellationToken.None))!.Status.ShouldBe(ApprovalStatus.Decided);
        }
    }

    /// <summary>Appends, and now and then asks and decides, until told to stop. A refusal would mean that something was done twice or lost.</summary>
    private static async Task<(List<string> Entries, List<string> Approvals)> WriteAsync(
        PostgresStorage storage, int run, Progress progress, CancellationToken stopping)
    {
        var (entries, approvals, previous) = (new List<string>(), new List<string>(), JournalHash.Origin);
        while (!stopping.IsCancellationRequested)
        {
            var entry = Entry($"run-{run}", entries.Count + 1, previous);
            (await storage.AppendAsync($"run-{run}", entry)).ShouldBeTrue();
            entries.Add(Convert.ToHexString(entry.Hash.Span));
            previous = entry.Hash;
            if (entries.Count % 8 == 0)
            {
                var id = $"apr-{run}-{entries.Count}";
                (await storage.Approvals.TryAddAsync(Tenant, Request(id), CancellationToken.None)).ShouldBeTrue();
                (await storage.Approvals.TryUpdateAsync(Tenant, Decided(id), 1, CancellationToken.None)).ShouldBeTrue();
                approvals.Add(id);
            }

            progress.Advance(run);
        }

        return (entries, approvals);
    }

    /// <summary>Tells when every run has got on by some steps.</summary>
    private sealed class Progress(int runs)
    {
        private const int Steps = 5;

        private readonly Lock _lock = new();
        private readonly int[] _steps = new int[runs];
        private TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Advance(int run)
        {
            lock (_lock)
            {
                _steps[run]++;
                if (_steps.All(steps => steps >= Steps)) _all.TrySetResult();
            }
        }

        public Task AllAdvancedAsync()
        {
            lock (_lock)
            {
                Array.Clear(_steps);
                _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
                return _all.Task;
            }
        }
    }
}
