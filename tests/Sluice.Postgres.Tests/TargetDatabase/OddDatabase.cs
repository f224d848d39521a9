using Npgsql;
using Sluice.Data;

namespace Sluice.Postgres.Tests.TargetDatabase;

/// <summary>A database of all that is odd, read by a role that may not read everything.</summary>
public sealed class OddDatabase(ServerFixture server) : IAsyncLifetime
{
    private NpgsqlConnectionStringBuilder _superuser = new();
    private string _reader = "";

    /// <summary>Connects the superuser.</summary>
    public string SuperuserConnection => _superuser.ConnectionString;

    public async ValueTask InitializeAsync()
    {
        var database = new NpgsqlConnectionStringBuilder(await server.CreateDatabaseAsync()).Database!;
        _superuser = new((await server.ServerAsync()).ConnectionString) { Database = database };
        _reader = $"{database}_reader";
        await ServerFixture.ExecuteAsync(SuperuserConnection, $"create role {_reader} login password 'planted-reader'");
        await ServerFixture.ExecuteAsync(SuperuserConnection, Statements.Text("odd.sql").Replace("{reader}", _reader, StringComparison.Ordinal));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public Task<ITargetDatabase> OpenAsync(QueryGuard? guard = null) => new PostgresDataProvider().OpenTargetDatabaseAsync(
        new() { Url = $"postgres://{_reader}:planted-reader@127.0.0.1:{_superuser.Port}/{_superuser.Database}" }, guard ?? new() { Schemas = ["odd"] }, CancellationToken.None);

    /// <summary>Makes something more that the reader may read.</summary>
    public Task AddAsync(string sql) => ServerFixture.ExecuteAsync(
        SuperuserConnection, $"{sql}; grant select on all tables in schema odd to {_reader}; revoke select on odd.hidden, odd.partly from {_reader}; grant select (id, shown, hidden_id) on odd.partly to {_reader}");
}
