using System.Security.Cryptography;
using System.Text;
using Npgsql;
using Sluice.Data;
using Sluice.Postgres.Schema;

namespace Sluice.Postgres.Connections;

/// <summary>A schema of data: catalogs and key-value stores may share it. Statements of a scope have its tenant as <c>$1</c>.</summary>
internal sealed class DataDatabase : IAsyncDisposable
{
    /// <summary>Not the storage's, so that each may be granted and removed without the other.</summary>
    public const string DefaultSchema = "sluice_data";

    private const int CommandTimeout = 30;
    private static readonly TimeSpan RetryFor = TimeSpan.FromSeconds(15);

    private readonly Database _database;

    private DataDatabase(Database database, string prefix) => (_database, Prefix) = (database, prefix);

    /// <summary>What keeps its scopes apart from those of other environments in the same schema; empty: nothing.</summary>
    public string Prefix { get; }

    /// <summary>Opens a schema, and makes it when there is none and it may be made.</summary>
    /// <param name="source">Where it is.</param>
    /// <param name="time">The clock of retries.</param>
    /// <param name="cancellationToken">Stops waiting for the server.</param>
    /// <param name="retryFor">How long to try again while the server is away. Default: 15 seconds.</param>
    /// <exception cref="SluiceException">
    /// <c>invalid_data_environment</c>: the source cannot be read. <c>store_unavailable</c>: the server cannot be reached or refuses the role.
    /// <c>store_schema</c>: the schema is of another version, or is not there and may not be made.
    /// </exception>
    public static async Task<DataDatabase> OpenAsync(DataSource source, TimeProvider time, CancellationToken cancellationToken, TimeSpan? retryFor = null)
    {
        var (schema, prefix) = (source.Schema ?? DefaultSchema, source.Prefix ?? "");
        if (!SchemaName.IsValid(schema))
            throw new SluiceException(ErrorCodes.InvalidDataEnvironment, $"'{schema}' is no schema name: {SchemaName.Rule}.");
        if (!DataArguments.IsText(prefix))
            throw new SluiceException(ErrorCodes.InvalidDataEnvironment, "The prefix holds NUL or half of a pair of characters. Leave them out.");
        var settings = PostgresUrl.Read(source.Url);
        settings.CommandTimeout = CommandTimeout;
        var guard = new SchemaGuard(settings, schema, SchemaScripts.Data);
        await Task.Run(source.EnsureSchema ? guard.Check : guard.Require, cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false);
        return new(new(settings, new() { Schema = schema, RetryFor = retryFor ?? RetryFor }, time), prefix);
    }

    /// <summary>The key that rows of a scope have. None of the three texts can hold NUL, so no two scopes run together.</summary>
    public byte[] KeyOf(DataScope scope) => SHA256.HashData(Encoding.UTF8.GetBytes($"{Prefix}\0{scope.TenantId}\0{scope.WorkspaceId}"));

    /// <summary>One row, or the default when there is none.</summary>
    public Task<T?> FindAsync<T>(DataScope scope, Statement statement, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken) =>
        _database.FindAsync(TenantOf(scope), statement, read, cancellationToken);

    public Task<IReadOnlyList<T>> ListAsync<T>(DataScope scope, Statement statement, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken) =>
        _database.ListAsync(TenantOf(scope), statement, read, cancellationToken);

    /// <summary>How many rows were changed. One whose answer was lost is sent again, and tells what it changed the second time.</summary>
    public Task<int> ExecuteAsync(DataScope scope, Statement statement, CancellationToken cancellationToken) =>
        _database.ExecuteAsync(TenantOf(scope), statement, cancellationToken);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    /// <summary>Data has nothing to do with the version of a tenant's configuration.</summary>
    private static TenantSpec TenantOf(DataScope scope) => new() { ResourceId = scope.TenantId, Version = "" };
}
