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
        await ExecuteAsync(server.ConnectionString, $"create role {Role} login password '{Role}'");
        await ExecuteAsync(server.ConnectionString, $"create database {Role} owner {Role}");
        return new(server);
    }

    /// <summary>The database as data environments name it.</summary>
    public string Url => $"postgres://{Role}:{Role}@127.0.0.1:{_server.Port}/{Role}";

    public PostgresStorage Open() => PostgresStorage.Open(ConnectionString);

    /// <summary>Has the server learn what is in its tables, as it does by itself from time to time.</summary>
    public Task AnalyzeAsync() => ExecuteAsync(ConnectionString, "analyze");

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private string ConnectionString => _server.ConnectionStringOf(Role, Role, Role);

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
