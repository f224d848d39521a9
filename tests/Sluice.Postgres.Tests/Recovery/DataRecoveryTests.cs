using Npgsql;
using Sluice.Data;
using Sluice.Postgres.Catalog;
using Sluice.Postgres.Connections;
using Sluice.Postgres.KeyValue;
using Sluice.Testing;

namespace Sluice.Postgres.Tests.Recovery;

/// <summary>Catalogs and key-value stores whose connections break: before the server did it, after it did, or for good.</summary>
public sealed class DataRecoveryTests(ServerFixture server) : IAsyncLifetime
{
    private static readonly DataScope Scope = new("acme");
    private static readonly CatalogEntry Entry = new() { Id = "a", ItemType = CatalogItemType.Metric, Name = "n", QualifiedName = "q" };

    private string _connectionString = "";
    private CuttingProxy _proxy = null!;
    private PostgresCatalogStore _catalog = null!;
    private PostgresKeyValueStore _store = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _connectionString = await server.CreateDatabaseAsync();
        var settings = new NpgsqlConnectionStringBuilder(_connectionString);
        _proxy = new(settings.Port);
        settings.Port = _proxy.Port;
        var source = DataSources.Of(settings.ConnectionString);
        source = source with { Url = $"{source.Url}?pool_max_conns=1" };
        _catalog = new(await DataDatabase.OpenAsync(source, TimeProvider.System, Token));
        _store = new(await DataDatabase.OpenAsync(source, TimeProvider.System, Token, retryFor: TimeSpan.FromSeconds(60)));
        // Connects, so that the next answer is one to a statement.
        await _catalog.GetAsync(Scope, ["a"], Token);
        await _store.GetAsync(Scope, "a", Token);
    }

    public async ValueTask DisposeAsync()
    {
        if (_catalog is not null) await _catalog.DisposeAsync();
        if (_store is not null) await _store.DisposeAsync();
        if (_proxy is not null) await _proxy.DisposeAsync();
    }

    [Fact]
    public async Task Call_WhoseAnswerIsLost_IsMadeAgain()
    {
        await LosingAsync(async () => await _catalog.UpsertAsync(Scope, [Entry], Token));
        await LosingAsync(async () => (await _catalog.GetAsync(Scope, ["a"], Token)).ShouldHaveSingleItem());
        await LosingAsync(async () => (await _catalog.FindAsync(Scope, ["Q"], Token)).ShouldHaveSingleItem());
        await LosingAsync(async () => (await _catalog.ListAsync(Scope, new(), Token).ToListAsync(Token)).ShouldHaveSingleItem());
        await LosingAsync(async () => await _store.SetAsync(Scope, "a", new byte[] { 1 }, Token));
        await LosingAsync(async () => (await _store.GetAsync(Scope, "a", Token)).ShouldBe([1]));
        await LosingAsync(async () => (await _store.ListAsync(Scope, "", Token).ToListAsync(Token)).ShouldBe(["a"]));
        await LosingAsync(async () => await _store.RemoveAsync(Scope, "a", Token));
        await LosingAsync(async () => await _catalog.RemoveAsync(Scope, ["a"], Token));

        (await _store.GetAsync(Scope, "a", Token)).ShouldBeNull();
        (await _catalog.GetAsync(Scope, ["a"], Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Listing_WhoseConnectionsAreEndedBetweenPages_GoesOn()
    {
        string[] keys = [.. Enumerable.Range(0, 1200).Select(number => $"k{number:D5}")];
        await Task.WhenAll(keys.Select(key => _store.SetAsync(Scope, key, default, Token).AsTask()));
        var listed = new List<string>();

        await foreach (var key in _store.ListAsync(Scope, "", Token))
        {
            listed.Add(key);
            if (listed.Count is 1 or 700) await EndConnectionsAsync();
        }

        listed.ShouldBe(keys);
    }

    [Fact]
    public async Task Call_WhenTheServerStaysAway_FailsAsRetryable()
    {
        var name = new NpgsqlConnectionStringBuilder(_connectionString).Database;
        var time = new ManualTimeProvider();
        await using var store = new PostgresKeyValueStore(await DataDatabase.OpenAsync(DataSources.Of(_connectionString), time, Token, retryFor: TimeSpan.Zero));
        await ServerFixture.ExecuteAsync((await server.ServerAsync()).ConnectionString, $"alter database {name} connection limit 0");
        await EndConnectionsAsync();

        var error = await Should.ThrowAsync<SluiceException>(async () => await store.GetAsync(Scope, "a", Token));

        (error.Code, error.Retryable).ShouldBe((ErrorCodes.StoreUnavailable, true));
        error.ToString().ShouldNotContain("planted");
    }

    [Fact]
    public async Task Call_WhenTheTablesWereRemoved_SaysSo()
    {
        await ServerFixture.ExecuteAsync(_connectionString, "drop schema sluice_data cascade");

        (await Should.ThrowAsync<SluiceException>(async () => await _store.GetAsync(Scope, "a", Token))).Code.ShouldBe(ErrorCodes.StoreSchema);
        (await Should.ThrowAsync<SluiceException>(async () => await _catalog.UpsertAsync(Scope, [Entry], Token))).Code.ShouldBe(ErrorCodes.StoreSchema);
    }

    private async Task EndConnectionsAsync() => await ServerFixture.ExecuteAsync(
        (await server.ServerAsync()).ConnectionString,
        $"select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = '{new NpgsqlConnectionStringBuilder(_connectionString).Database}'");

    private async Task LosingAsync(Func<Task> operation)
    {
        var lost = _proxy.Lost;
        _proxy.LoseNextAnswer();
        await operation();
        _proxy.Lost.ShouldBe(lost + 1);
    }
}
