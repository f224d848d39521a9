using Npgsql;

namespace Sluice.Postgres.Connections;

/// <summary>Runs statements for tenants. Every statement sees the rows of its tenant only, whatever it asks for.</summary>
/// <remarks>
/// Tenant and schema are set for one transaction and sent together with the statement: one round trip, and no session state, so that a
/// pooler may hand out another connection for each transaction.
/// </remarks>
internal sealed class Database : IAsyncDisposable
{
    private const string SetTenant = "select set_config('sluice.tenant', $1, true), set_config('search_path', $2, true)";

    private readonly NpgsqlDataSource _source;
    private readonly string _searchPath;
    private readonly Retry _retry;

    public Database(NpgsqlConnectionStringBuilder settings, PostgresStorageOptions options, TimeProvider time)
    {
        _source = NpgsqlDataSource.Create(settings);
        _searchPath = $"\"{options.Schema}\", pg_temp";
        _retry = new(time, options.RetryFor, ConnectionText.Describe(settings));
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    /// <summary>Tries again while the server is away.</summary>
    public Task<T> RunAsync<T>(Func<bool, Task<T>> attempt, CancellationToken cancellationToken) => _retry.RunAsync(attempt, cancellationToken);

    /// <summary>One row, or the default when there is none.</summary>
    public Task<T?> FindAsync<T>(TenantSpec tenant, Statement statement, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken) =>
        RunAsync(_ => FindOnceAsync(tenant, statement, read, cancellationToken), cancellationToken);

    public async Task<IReadOnlyList<T>> ListAsync<T>(
        TenantSpec tenant, Statement statement, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken) =>
        await RunAsync(_ => ListOnceAsync(tenant, statement, read, cancellationToken), cancellationToken).ConfigureAwait(false);

    /// <summary>For changes that may be repeated: how many rows were changed, this time.</summary>
    public Task<int> ExecuteAsync(TenantSpec tenant, Statement statement, CancellationToken cancellationToken) =>
        RunAsync(_ => ExecuteOnceAsync(tenant, statement, cancellationToken), cancellationToken);

    /// <summary>For a change of one row that happens once. When an attempt failed, the row tells whether it was applied.</summary>
    public Task<bool> TryChangeAsync(
        TenantSpec tenant, Statement change, Func<CancellationToken, Task<bool>> isApplied, CancellationToken cancellationToken) =>
        RunAsync(
            async isRepeated => await ExecuteOnceAsync(tenant, change, cancellationToken).ConfigureAwait(false) > 0
                || (isRepeated && await isApplied(cancellationToken).ConfigureAwait(false)),
            cancellationToken);

    public async Task<T?> FindOnceAsync<T>(
        TenantSpec tenant, Statement statement, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        var rows = await ListOnceAsync(tenant, statement, read, cancellationToken).ConfigureAwait(false);
        return rows.Count == 0 ? default : rows[0];
    }

    public async Task<int> ExecuteOnceAsync(TenantSpec tenant, Statement statement, CancellationToken cancellationToken)
    {
        var connection = await _source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
            return await ExecuteOnceAsync(connection, tenant, statement, cancellationToken).ConfigureAwait(false);
    }

    public async Task<int> ExecuteOnceAsync(
        NpgsqlConnection connection, TenantSpec tenant, Statement statement, CancellationToken cancellationToken)
    {
        var batch = CreateBatch(connection, tenant, statement);
        await using (batch.ConfigureAwait(false))
        {
            await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            return (int)batch.BatchCommands[^1].Rows;
        }
    }

    public async Task<List<T>> ListOnceAsync<T>(
        TenantSpec tenant, Statement statement, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        var connection = await _source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
            return await ListOnceAsync(connection, tenant, statement, read, cancellationToken).ConfigureAwait(false);
    }

    public async Task<List<T>> ListOnceAsync<T>(
        NpgsqlConnection connection, TenantSpec tenant, Statement statement, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        var batch = CreateBatch(connection, tenant, statement);
        await using (batch.ConfigureAwait(false))
        {
            var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
                var rows = new List<T>();
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false)) rows.Add(read(reader));
                return rows;
            }
        }
    }

    /// <summary>For work of several statements in one transaction.</summary>
    public ValueTask<NpgsqlConnection> ConnectAsync(CancellationToken cancellationToken) => _source.OpenConnectionAsync(cancellationToken);

    private NpgsqlBatch CreateBatch(NpgsqlConnection connection, TenantSpec tenant, Statement statement)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        var command = new NpgsqlBatchCommand(statement.Sql);
        Add(command, tenant.ResourceId);
        foreach (var value in statement.Values) Add(command, value);
        var setting = new NpgsqlBatchCommand(SetTenant);
        Add(setting, tenant.ResourceId);
        Add(setting, _searchPath);
        return new(connection) { BatchCommands = { setting, command } };
    }

    private static void Add(NpgsqlBatchCommand command, object? value)
    {
        if (value is NpgsqlParameter ready)
        {
            command.Parameters.Add(ready);
            return;
        }

        var parameter = new NpgsqlParameter { Value = value ?? DBNull.Value };
        if (Statement.TypeOf(value) is { } type) parameter.NpgsqlDbType = type;
        command.Parameters.Add(parameter);
    }
}
