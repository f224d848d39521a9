using Npgsql;
using Sluice.Data;

namespace Sluice.Postgres.Tests.TargetDatabase;

/// <summary>A database of two tenants behind policies, or the same as if one of them had never been there; and a role that may only read.</summary>
internal sealed class RowSecurityDatabase
{
    private const string Password = "planted-reader";

    private readonly NpgsqlConnectionStringBuilder _owner;
    private readonly string _superuser;
    private readonly string _reader;

    private RowSecurityDatabase(string owner, string superuser)
    {
        _owner = new(owner);
        _superuser = superuser;
        _reader = $"{_owner.Username}_reader";
    }

    public static async Task<RowSecurityDatabase> CreateAsync(ServerFixture server, bool hasOthers)
    {
        var database = new RowSecurityDatabase(await server.CreateDatabaseAsync(), (await server.ServerAsync()).ConnectionString);
        await ServerFixture.ExecuteAsync(database._superuser, $"create role {database._reader} login password '{Password}'");
        await database.ExecuteAsync(Statements.Text("row_security.sql"));
        if (hasOthers) await database.ExecuteAsync(Statements.Text("row_security_others.sql"));
        await database.ExecuteAsync(Statements.Text("row_security_end.sql"));
        await database.GrantAsync();
        return database;
    }

    /// <summary>The address of the role that reads, over one connection.</summary>
    public string Url => $"postgres://{_reader}:{Password}@{_owner.Host}:{_owner.Port}/{_owner.Database}?pool_max_conns=1";

    public static QueryGuard GuardOf(string tenant) => new()
    {
        SessionSettings = new Dictionary<string, string> { ["app.tenant"] = tenant, ["app.login"] = tenant == "a" ? "ann" : "ben" },
    };

    public Task<ITargetDatabase> OpenAsync(QueryGuard guard) => new PostgresDataProvider().OpenTargetDatabaseAsync(new() { Url = Url }, guard, CancellationToken.None);

    /// <summary>Runs a statement as the owner; <c>{reader}</c> stands for the role that reads.</summary>
    public Task<object?> ExecuteAsync(string sql) => ServerFixture.ExecuteAsync(_owner.ConnectionString, sql.Replace("{reader}", _reader, StringComparison.Ordinal));

    /// <summary>Runs a statement as the superuser.</summary>
    public Task<object?> ExecuteAsSuperuserAsync(string sql) => ServerFixture.ExecuteAsync(
        new NpgsqlConnectionStringBuilder(_superuser) { Database = _owner.Database }.ConnectionString, sql.Replace("{reader}", _reader, StringComparison.Ordinal));

    public Task GrantAsync() => ExecuteAsync(
        "grant usage on schema public, auth to {reader}; grant select on all tables in schema public, auth to {reader}; grant select on all sequences in schema public to {reader}");
}
