using static Sluice.Postgres.Tests.Rows;

namespace Sluice.Postgres.Tests.Waiting;

/// <summary>Two storages on one database stand for two processes.</summary>
public sealed class WaitersTests(ServerFixture server)
{
    private static readonly PostgresStorageOptions HeardOnly = new() { PollInterval = TimeSpan.FromHours(1) };
    private static readonly PostgresStorageOptions LookedUpOnly = new() { UseNotifications = false, PollInterval = TimeSpan.FromMilliseconds(10) };

    public static TheoryData<bool> Ways => [true, false];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task WaitForEntries_ThatAnotherProcessAppends_Ends(bool isHeard)
    {
        var database = await server.CreateDatabaseAsync();
        await using var reader = PostgresStorage.Open(database, isHeard ? HeardOnly : LookedUpOnly);
        await using var writer = PostgresStorage.Open(database);
        var waiting = WaitUntilAppendedAsync(reader, "run-1");

        await writer.AppendFirstAsync("run-1");

        await waiting.WaitAsync(Patience);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task WaitForApprovals_ThatAnotherProcessCloses_Ends(bool isHeard)
    {
        var database = await server.CreateDatabaseAsync();
        await using var reader = PostgresStorage.Open(database, isHeard ? HeardOnly : LookedUpOnly);
        await using var writer = PostgresStorage.Open(database);
        await writer.Approvals.TryAddAsync(Tenant, Request("apr-1"), CancellationToken.None);
        var waiting = WaitUntilClosedAsync(reader);

        await writer.Approvals.TryUpdateAsync(Tenant, Decided("apr-1"), 1, CancellationToken.None);

        await waiting.WaitAsync(Patience);
    }

    [Fact]
    public async Task WaitForEntries_WhenTheListeningConnectionBreaks_StillEnds()
    {
        var database = await server.CreateDatabaseAsync();
        await using var reader = PostgresStorage.Open(database, HeardOnly);
        await using var writer = PostgresStorage.Open(database);
        var (first, second) = (WaitUntilAppendedAsync(reader, "run-1"), WaitUntilAppendedAsync(reader, "run-2"));
        await writer.AppendFirstAsync("run-1");
        await first.WaitAsync(Patience);

        // It may be on its way still: the first wait can end by what it found when it began.
        while (await ServerFixture.ExecuteAsync(
            database, "select count(pg_terminate_backend(pid)) from pg_stat_activity where query like 'listen%' and datname = current_database()") is 0L)
            await Task.Yield();
        await writer.AppendFirstAsync("run-2");

        await second.WaitAsync(Patience);
    }

    [Fact]
    public async Task WaitForEntries_WhenTheStorageIsDisposed_DoesNotGoOn()
    {
        var reader = PostgresStorage.Open(await server.CreateDatabaseAsync(), HeardOnly);
        var waiting = reader.Journal.WaitAsync(Tenant, "run-1", 0, CancellationToken.None);

        await reader.DisposeAsync();

        await waiting.WaitAsync(Patience).ContinueWith(_ => { }, TaskScheduler.Default);
        waiting.IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public async Task Storage_InWhichNobodyWaits_DoesNotListen()
    {
        var database = await server.CreateDatabaseAsync();
        await using var storage = PostgresStorage.Open(database);

        await storage.AppendFirstAsync("run-1");

        (await ServerFixture.ExecuteAsync(
            database, "select count(*) from pg_stat_activity where query like 'listen%' and datname = current_database()")).ShouldBe(0L);
    }

    private static async Task WaitUntilAppendedAsync(PostgresStorage storage, string runId)
    {
        while ((await storage.ReadAsync(runId)).Count == 0) await storage.Journal.WaitAsync(Tenant, runId, 0, CancellationToken.None);
    }

    private static async Task WaitUntilClosedAsync(PostgresStorage storage)
    {
        while (true)
        {
            var closed = storage.Approvals.WaitAsync(Tenant, CancellationToken.None);
            if ((await storage.Approvals.ListAsync(Tenant, ApprovalFilter.Unapplied, CancellationToken.None)).Count > 0) return;
            await closed;
        }
    }
}
