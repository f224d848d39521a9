using Npgsql;
using Sluice.Journal;
using Sluice.Postgres.Connections;
using Sluice.Postgres.Journal;
using Sluice.Postgres.Waiting;
using static Sluice.Postgres.Tests.Rows;

namespace Sluice.Postgres.Tests.Journal;

public sealed class AppendQueueTests(ServerFixture server)
{
    [Fact]
    public async Task Append_ThatTheServerRefuses_FailsAloneAmongThoseOfItsBatch()
    {
        var text = await server.CreateDatabaseAsync();
        await using var storage = PostgresStorage.Open(text);
        await storage.AppendFirstAsync("run-1");
        await using var database = new Database(ConnectionText.Parse(text), new(), TimeProvider.System);
        await using var waiters = new Waiters(database, listener: null, announcer: null, new(database, TimeProvider.System, TimeSpan.FromSeconds(1)));
        await using var queue = new AppendQueue(database, waiters, maxSenders: 1);

        // One sender waits for the row, so what comes meanwhile is one batch.
        await using var holder = new NpgsqlConnection($"{text};Options=-c sluice.tenant=tenant-1");
        await holder.OpenAsync();
        var holding = await holder.BeginTransactionAsync();
        await using (var hold = new NpgsqlCommand("select 1 from sluice.runs for update", holder)) (await hold.ExecuteScalarAsync()).ShouldBe(1);
        var first = queue.AppendAsync(Pending(Entry("run-1", 2, JournalHash.Origin)));
        await UntilBlockedAsync(text);
        Task<bool>[] others =
        [
            queue.AppendAsync(Pending(Entry("run-2", 1, JournalHash.Origin))),
            queue.AppendAsync(Pending(Entry("run-3", 1, JournalHash.Origin) with { Key = "no text holds this: \0" })),
            queue.AppendAsync(Pending(Entry("run-4", 5, JournalHash.Origin))),
            queue.AppendAsync(Pending(Entry("run-5", 1, JournalHash.Origin))),
        ];
        await holding.RollbackAsync();

        (await first).ShouldBeTrue();
        (await others[0]).ShouldBeTrue();
        (await Should.ThrowAsync<SluiceException>(() => others[1])).Code.ShouldBe(ErrorCodes.Internal);
        (await others[2]).ShouldBeFalse();
        (await others[3]).ShouldBeTrue();
        (await storage.ReadAsync("run-3")).ShouldBeEmpty();
        (await storage.ReadAsync("run-5")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Appends_OfManyTenants_AllEnd()
    {
        await using var storage = PostgresStorage.Open(await server.CreateDatabaseAsync());

        var taken = await Task.WhenAll(Enumerable.Range(0, 200).Select(async number => await storage.Journal.AppendAsync(
            new() { ResourceId = $"tenant-{number % 20}", Version = "1" }, Run($"run-{number}", 1), [Entry($"run-{number}", 1, JournalHash.Origin)], Lease, CancellationToken.None)));

        taken.ShouldAllBe(isTaken => isTaken);
    }

    [Fact]
    public async Task Read_OfManyAndOfLargeEntries_GoesOnPageByPage()
    {
        await using var storage = PostgresStorage.Open(await server.CreateDatabaseAsync());
        var (entries, previous) = (new List<JournalEntry>(), JournalHash.Origin);
        for (var sequence = 1; sequence <= 600; sequence++)
        {
            entries.Add(Entry("run-1", sequence, previous, size: sequence is > 300 and < 306 ? 3 << 20 : 10));
            previous = entries[^1].Hash;
        }

        await storage.Journal.AppendAsync(Tenant, Run("run-1", 600), entries, Lease, CancellationToken.None);

        var read = await storage.ReadAsync("run-1");
        read.Count.ShouldBe(600);
        JournalHash.FindBreak(read, 600).ShouldBeNull();
    }

    private static PendingAppend Pending(JournalEntry entry) => new(Tenant, Run(entry.RunId, entry.Sequence), [entry], Lease);

    private static async Task UntilBlockedAsync(string text)
    {
        const string blocked = "select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock')";
        while (await ServerFixture.ExecuteAsync(text, blocked) is false) await Task.Yield();
    }
}
