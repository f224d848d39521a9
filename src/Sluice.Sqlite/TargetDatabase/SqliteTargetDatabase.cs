using Sluice.Data;
using Sluice.JsonSchemas.Evaluating;
using Sluice.Sqlite.Connections;
using SQLitePCL;

namespace Sluice.Sqlite.TargetDatabase;

/// <summary>A database file that agents read. Each query has a connection of its own, which is closed with it.</summary>
internal sealed class SqliteTargetDatabase(string path, QueryGuard guard, TimeProvider time, GuardLayers layers = GuardLayers.All) : ITargetDatabase
{
    public const string KindName = "sqlite";

    private static readonly TimeSpan BusyTimeout = TimeSpan.FromSeconds(5);

    public string Kind => KindName;

    /// <summary>Opens a database that is there and can be read.</summary>
    /// <exception cref="SluiceException">It is no database that can be read, or the guard does not fit it.</exception>
    public static SqliteTargetDatabase Open(DataSource source, QueryGuard guard)
    {
        var path = DatabaseAddress.PathOf(source);
        if (guard.Schemas.Count > 0 && !guard.Schemas.Contains(Readable.Schema, StringComparer.OrdinalIgnoreCase))
            throw new SluiceException(ErrorCodes.StoreUnavailable, "The guard names schemas, and SQLite has only 'main'. Name 'main', or leave the schemas out.");
        if (guard.SessionSettings.Count > 0)
            throw new SluiceException(
                ErrorCodes.InvalidDataEnvironment, "The guard has session settings, and SQLite has neither sessions nor row-level security. Use the guard's RowFilters.");
        _ = WithConnection(path, connection => Readable.Load(connection, guard));
        if (guard.RefusePrivilegedRole && CanBeWritten(path) is { } warning) throw new SluiceException(ErrorCodes.QueryRefused, warning.Message);
        var database = new SqliteTargetDatabase(path, guard, TimeProvider.System);
        database.RequireRowFilters();
        return database;
    }

    public Task<IQueryRows> OpenAsync(ReadOnlyQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (query.MaxRows < 1 || query.MaxBytes < 1 || query.MaxValueBytes < 1 || query.Timeout <= TimeSpan.Zero)
            throw new ArgumentException("The limits of a query are at least 1, and its time is positive.", nameof(query));
        return Task.Run<IQueryRows>(() => OpenRows(query, cancellationToken), cancellationToken);
    }

    public Task<IReadOnlyList<TableDescription>> ReadSchemaAsync(CancellationToken cancellationToken) => Task.Run(
        () => WithConnection(path, connection => new SchemaReader(connection, Readable.Load(connection, guard)).Read()), cancellationToken);

    public Task<IReadOnlyList<TargetDatabaseWarning>> CheckAsync(CancellationToken cancellationToken) => Task.Run<IReadOnlyList<TargetDatabaseWarning>>(
        () => WithConnection(path, connection => new[] { CanBeWritten(path), KeepsLogBeside(connection) }.OfType<TargetDatabaseWarning>().ToList()), cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static T WithConnection<T>(string path, Func<TrustedConnection, T> work) => EngineMemory.Instance.Assure(() =>
    {
        using var connection = TrustedConnection.Open(path, BusyTimeout);
        return work(connection);
    });

    /// <summary>What a role that may write is to a server.</summary>
    private static TargetDatabaseWarning? CanBeWritten(string path) => TrustedConnection.CanWrite(path)
        ? new("file_writable", $"This process may write to '{path}'. Queries cannot, but take the right away, or give agents a copy, where nothing has to write.")
        : null;

    private static TargetDatabaseWarning? KeepsLogBeside(TrustedConnection connection) =>
        connection.Rows("PRAGMA journal_mode") is [[string and "wal"]]
            ? new("write_ahead_log", $"'{connection.Path}' is in WAL mode: SQLite keeps the files -wal and -shm beside it even for a reader. Give agents a copy in another mode where the folder must not change.")
            : null;

    /// <summary>Requires that each filter compiles, and reads what may be read.</summary>
    private void RequireRowFilters()
    {
        var problems = new List<string>();
        foreach (var table in guard.RowFilters.Keys.Select(Readable.WithoutSchema))
        {
            var query = new ReadOnlyQuery { Sql = $"SELECT * FROM {TrustedConnection.Quote(table)}" };
            using var connection = Connect(query, CancellationToken.None);
            try
            {
                _ = raw.sqlite3_finalize(new StatementGate(connection).Prepare(query));
            }
            catch (QueryException e)
            {
                problems.Add($"the filter of {Excerpt.Quote(table)}: {e.Message.TrimEnd('.')}");
            }
        }
        if (problems.Count > 0) throw RowFilters.Failure(path, problems);
    }

    private SqliteQueryRows OpenRows(ReadOnlyQuery query, CancellationToken cancellationToken)
    {
        var connection = Connect(query, cancellationToken);
        try
        {
            return SqliteQueryRows.Open(connection, query);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private GuardedConnection Connect(ReadOnlyQuery query, CancellationToken cancellationToken)
    {
        Batteries_V2.Init();
        var watch = new Watch(time, query.Timeout, layers) { CancellationToken = cancellationToken };
        try
        {
            return EngineMemory.Instance.Assure(() => GuardedConnection.Open(path, guard, query, watch, layers));
        }
        catch
        {
            watch.Dispose();
            throw;
        }
    }
}
