using Npgsql;
using Sluice.Data.Tests.Profiling;
using Sluice.TestServers;

[assembly: AssemblyFixture(typeof(PostgresFixture))]

namespace Sluice.Data.Tests.Profiling;

/// <summary>One server for all tests, started by the first that needs it; each has databases of its own on it, and a role that only reads them.</summary>
public sealed class PostgresFixture : IAsyncDisposable
{
    private const string Reader = "reader";
    private const string Password = "planted-reader";

    private readonly Lazy<Task<PostgresServer>> _server = new(StartAsync);
    private int _databases;

    /// <summary>Makes a database and returns how a role reads it that may do nothing else. The test is skipped where there is no server.</summary>
    public async Task<string> CreateAsync(params string[] scripts)
    {
        if (PostgresServer.MissingReason is { } reason)
        {
            Assert.SkipUnless(Environment.GetEnvironmentVariable("SLUICE_REQUIRE_SERVICES") == "1", reason);
            Assert.Fail(reason);
        }

        var server = await _server.Value;
        var name = $"profiled_{Interlocked.Increment(ref _databases)}";
        await ExecuteAsync(server.ConnectionString, $"create database {name}");
        foreach (var script in scripts) await ExecuteAsync($"{server.ConnectionString};Database={name};Pooling=false", script);
        await ExecuteAsync($"{server.ConnectionString};Database={name};Pooling=false", $"grant usage on schema public to {Reader}; grant select on all tables in schema public to {Reader}");
        return $"postgres://{Reader}:{Password}@127.0.0.1:{server.Port}/{name}";
    }

    /// <summary>Changes a database as its owner.</summary>
    public async Task ChangeAsync(string url, string sql) =>
        await ExecuteAsync($"{(await _server.Value).ConnectionString};Database={url[(url.LastIndexOf('/') + 1)..]};Pooling=false", sql);

    public async ValueTask DisposeAsync()
    {
        if (_server.IsValueCreated) await (await _server.Value).DisposeAsync();
    }

    private static async Task<PostgresServer> StartAsync()
    {
        var server = await PostgresServer.StartAsync();
        await ExecuteAsync(server.ConnectionString, $"create role {Reader} login password '{Password}'");
        return server;
    }

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
        await command.ExecuteNonQueryAsync();
    }
}
