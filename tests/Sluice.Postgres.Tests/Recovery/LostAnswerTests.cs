using Npgsql;
using Sluice.Journal;
using static Sluice.Postgres.Tests.Rows;

namespace Sluice.Postgres.Tests.Recovery;

/// <summary>The server did it and the answer was lost: the change counts, and is not made twice.</summary>
public sealed class LostAnswerTests(ServerFixture server) : IAsyncLifetime
{
    private CuttingProxy _proxy = null!;
    private PostgresStorage _storage = null!;

    public async ValueTask InitializeAsync()
    {
        var settings = new NpgsqlConnectionStringBuilder(await server.CreateDatabaseAsync()) { MaxPoolSize = 1 };
        _proxy = new(settings.Port);
        settings.Port = _proxy.Port;
        _storage = PostgresStorage.Open(settings.ConnectionString, new() { UseNotifications = false });
        // Connects, so that the next answer is one to a statement.
        await _storage.Threads.GetAsync(Tenant, "thread-1", CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (_storage is not null) await _storage.DisposeAsync();
        if (_proxy is not null) await _proxy.DisposeAsync();
    }

    [Fact]
    public async Task Append_WhoseAnswerIsLost_SucceedsAndIsThereOnce()
    {
        var first = Entry("run-1", 1, JournalHash.Origin);
        var second = Entry("run-1", 2, first.Hash);

        (await LosingAsync(() => _storage.AppendAsync("run-1", first))).ShouldBeTrue();
        (await LosingAsync(() => _storage.AppendAsync("run-1", second))).ShouldBeTrue();

        (await _storage.ReadAsync("run-1")).Select(entry => entry.Sequence).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task Append_ThatEndsTheRunAndWhoseAnswerIsLost_Succeeds()
    {
        var first = Entry("run-1", 1, JournalHash.Origin);
        await _storage.AppendAsync("run-1", first);

        (await LosingAsync(() => _storage.AppendAsync("run-1", Entry("run-1", 2, first.Hash), RunState.Finished))).ShouldBeTrue();
    }

    [Fact]
    public async Task Append_OfASequenceThatIsTakenAndWhoseAnswerIsLost_IsStillAConflict()
    {
        await _storage.AppendFirstAsync("run-1");

        (await LosingAsync(() => _storage.AppendAsync("run-1", Entry("run-1", 1, JournalHash.Origin, size: 7)))).ShouldBeFalse();

        (await _storage.ReadAsync("run-1")).ShouldHaveSingleItem().Data.Length.ShouldBe(100);
    }

    [Fact]
    public async Task AddAndUpdate_WhoseAnswersAreLost_Succeed()
    {
        (await LosingAsync(() => _storage.Approvals.TryAddAsync(Tenant, Request("apr-1"), CancellationToken.None))).ShouldBeTrue();
        (await LosingAsync(() => _storage.Approvals.TryUpdateAsync(Tenant, Decided("apr-1"), 1, CancellationToken.None))).ShouldBeTrue();
        (await LosingAsync(() => _storage.Plans.TryAddAsync(Tenant, Plan("plan-1"), CancellationToken.None))).ShouldBeTrue();
        (await LosingAsync(() => _storage.Plans.TryRemoveAsync(Tenant, "plan-1", 1, CancellationToken.None))).ShouldBeTrue();

        (await LosingAsync(() => _storage.Approvals.TryAddAsync(Tenant, Request("apr-1"), CancellationToken.None))).ShouldBeFalse();
    }

    [Fact]
    public async Task ThreadRunAndLeaseAndValue_WhoseAnswersAreLost_AreThereOnce()
    {
        await _storage.AppendFirstAsync("run-1");

        (await LosingAsync(() => _storage.Threads.AddRunAsync(Tenant, "thread-1", "run-1", Noon, CancellationToken.None))).ShouldBe(1);
        (await LosingAsync(() => _storage.Leases.TryAcquireAsync(Tenant, "run-1", "owner-2", Noon, CancellationToken.None)))!.Value.Owner.ShouldBe("owner-2");
        (await LosingAsync(() => _storage.PutAsync(Reference("ref-1", 3), [1, 2, 3]))).Bytes.ShouldBe(3);

        (await _storage.Threads.ListRunsAsync(Tenant, "thread-1", CancellationToken.None)).ShouldBe(["run-1"]);
    }

    private async Task<T> LosingAsync<T>(Func<ValueTask<T>> operation)
    {
        var lost = _proxy.Lost;
        _proxy.LoseNextAnswer();
        var result = await operation();
        _proxy.Lost.ShouldBe(lost + 1);
        return result;
    }
}
