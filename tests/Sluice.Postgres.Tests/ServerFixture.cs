using Npgsql;
using Sluice.Postgres.Tests;
using Sluice.TestServers;

[assembly: AssemblyFixture(typeof(ServerFixture))]

namespace Sluice.Postgres.Tests;

/// <summary>One server for all tests, started by the first that needs it; each opens a database or a schema of its own on it.</summary>
public sealed class ServerFixture : IAsyncDisposable
{
    private readonly Lazy<Task<PostgresServer>> _server = new(() => PostgresServer.StartAsync());
    private int _databases;

    /// <summary>The server; the test is skipped when there can be none.</summary>
    public Task<PostgresServer> ServerAsync()
    {
        SkipWithoutServer();
        return _server.Value;
    }

    public static void SkipWithoutServer()
    {
        if (PostgresServer.MissingReason is not { } reason) return;
        if (Environment.GetEnvironmentVariable("SLUICE_REQUIRE_SERVICES") == "1") Assert.Fail(reason);
        Assert.Skip(reason);
    }

    /// <summary>A new empty database that an ordinary role owns, and how that role connects.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var server = await ServerAsync();
        var name = $"test_{Interlocked.Increment(ref _databases)}";
        await ExecuteAsync(server.ConnectionString, $"create role {name} login password 'planted-{name}'");
        await ExecuteAsync(server.ConnectionString, $"create database {name} owner {name}");
        return server.ConnectionStringOf(name, $"planted-{name}", name);
    }

    public static async Task<object?> ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection($"{connectionString};Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_server.IsValueCreated) await (await _server.Value).DisposeAsync();
    }
}
