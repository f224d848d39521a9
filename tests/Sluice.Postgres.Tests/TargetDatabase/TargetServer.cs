using Npgsql;
using Sluice.Data;
using Sluice.Postgres.Connections;
using Sluice.Postgres.TargetDatabase;
using Sluice.Postgres.TargetDatabase.Gates;
using Sluice.TestServers;

namespace Sluice.Postgres.Tests.TargetDatabase;

/// <summary>A server of its own with a shop's database, since hostile statements aim at the whole server.</summary>
public sealed class TargetServer : IAsyncLifetime
{
    private const string Reader = "reader";
    private const string Password = "planted-reader";

    private PostgresServer? _server;

    public string SuperuserConnection => $"{_server!.ConnectionString};Database=shop;Pooling=false";

    public async ValueTask InitializeAsync()
    {
        ServerFixture.SkipWithoutServer();
        _server = await PostgresServer.StartAsync();
        await ServerFixture.ExecuteAsync(_server.ConnectionString, $"create role {Reader} login password '{Password}'");
        await ServerFixture.ExecuteAsync(_server.ConnectionString, "create database shop");
        await ServerFixture.ExecuteAsync(SuperuserConnection, Statements.Text("setup.sql"));
        await ServerFixture.ExecuteAsync(SuperuserConnection, $"grant usage on schema public to {Reader}; grant select on all tables in schema public to {Reader}");
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
    }

    public string UrlOf(bool isSuperuser)
    {
        var settings = new NpgsqlConnectionStringBuilder(_server!.ConnectionString);
        return isSuperuser
            ? $"postgres://{settings.Username}:{settings.Password}@127.0.0.1:{_server.Port}/shop?pool_max_conns=1"
            : $"postgres://{Reader}:{Password}@127.0.0.1:{_server.Port}/shop?pool_max_conns=1";
    }

    public Task<ITargetDatabase> OpenAsync(QueryGuard? guard = null, bool isSuperuser = false) =>
        new PostgresDataProvider().OpenTargetDatabaseAsync(new() { Url = UrlOf(isSuperuser) }, guard ?? new(), CancellationToken.None);

    /// <summary>With a layer left out, and with the pool in the test's hands: one connection, so that a test sees what a call leaves in it.</summary>
    internal (ITargetDatabase Database, NpgsqlDataSource Pool) Open(GuardLayers layers, bool isSuperuser, QueryGuard? guard = null)
    {
        var pool = NpgsqlDataSource.Create(PostgresUrl.Read(UrlOf(isSuperuser)));
        return (new PostgresTargetDatabase(pool, new Reach(guard ?? new(), null), layers, TimeProvider.System, "the test's server"), pool);
    }
}
