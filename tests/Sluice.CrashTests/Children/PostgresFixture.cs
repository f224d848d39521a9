using Npgsql;
using Sluice.CrashTests.Children;
using Sluice.TestServers;

[assembly: AssemblyFixture(typeof(PostgresFixture))]

namespace Sluice.CrashTests.Children;

/// <summary>One PostgreSQL server for all tests, started by the first that needs it.</summary>
public sealed class PostgresFixture : IAsyncDisposable
{
    private readonly Lazy<Task<PostgresServer>> _server = new(() => PostgresServer.StartAsync());
    private int _databases;

    /// <summary>The test is skipped, or fails where services are required, when there can be no server.</summary>
    public static void SkipWithoutServer()
    {
        if (PostgresServer.MissingReason is not { } reason) return;
        if (Environment.GetEnvironmentVariable("SLUICE_REQUIRE_SERVICES") == "1") Assert.Fail(reason);
        Assert.Skip(reason);
    }

    /// <summary>A new empty database that an ordinary role owns, and how that role connects.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        SkipWithoutServer();
        var server = await _server.Value;
        var name = $"crash_{Interlocked.Increment(ref _databases)}";
        await ExecuteAsync(server.ConnectionString, $"create role {name} login password 'planted-{name}'");
        await ExecuteAsync(server.ConnectionString, $"create database {name} owner {name}");
        return server.ConnectionStringOf(name, $"planted-{name}", name);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server.IsValueCreated) await (await _server.Value).DisposeAsync();
    }

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection($"{connectionString};Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
