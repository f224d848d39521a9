using Npgsql;
using Sluice.TestServers;

namespace Sluice.Bench.Stores;

/// <summary>A server of its own that writes to the disk what it commits, and an ordinary role: a superuser would pass row-level security.</summary>
internal sealed class PostgresDatabase : IAsyncDisposable
{
    private const string Role = "bench";

    private readonly PostgresServer _server;

    private PostgresDatabase(PostgresServer server) => _server = server;

    /// <summary>Null, having said so, where there is no PostgreSQL.</summary>
    public static async Task<PostgresDatabase?> TryStartAsync()
    {
        if (PostgresServer.MissingReason is { } reason)
        {
            Console.WriteLine($"left out: {reason}");
            return null;
        }

        var server = await PostgresServer.StartAsync(isDurable: true);
        await using var source = NpgsqlDataSource.Create(server.ConnectionString);
        foreach (var sql in (string[])[$"create role {Role} login password '{Role}'", $"create database {Role} owner {Role}"])
        {
            await using var command = source.CreateCommand(sql);
            await command.ExecuteNonQueryAsync();
        }

        return new(server);
    }

    public PostgresStorage Open() => PostgresStorage.Open(_server.ConnectionStringOf(Role, Role, Role));

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
