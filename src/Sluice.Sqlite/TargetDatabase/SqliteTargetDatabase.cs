using Sluice.Data;
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
        using (var connection = TrustedConnection.Open(path, BusyTimeout)) Readable.Load(connection, guard);
        if (guard.RefusePrivilegedRole && CanBeWritten(path) is { } warning) throw new SluiceException(ErrorCodes.QueryRefused, warning.Message);
        return new(path, guard, TimeProvider.System);
    }

    public Task<IQueryRows> OpenAsync(ReadOnlyQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (query.MaxRows < 1 || query.MaxBytes < 1 || query.MaxValueBytes < 1 || query.Timeout <= TimeSpan.Zero)
            throw new ArgumentException("The limits of a query are at least 1, and its time is positive.", nameof(query));
        return Task.Run<IQueryRows>(() => OpenRows(query, cancellationToken), cancellationToken);
    }

    public Task<IReadOnlyList<TableDescription>> ReadSchemaAsync(CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            using var connection = TrustedConnection.Open(path, BusyTimeout);
            return new SchemaReader(connection, Readable.Load(connection, guard)).Read();
        },
        cancellationToken);

    public Task<IReadOnlyList<TargetDatabaseWarning>> CheckAsync(CancellationToken cancellationToken) => Task.Run<IReadOnlyList<TargetDatabaseWarning>>(
        () =>
        {
            using var connection = TrustedConnection.Open(path, BusyTimeout);
            return [.. new[] { CanBeWritten(path), KeepsLogBeside(connection) }.OfType<TargetDatabaseWarning>()];
        },
        cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>What a role that may write is to a server.</summary>
    private static TargetDatabaseWarning? CanBeWritten(string path) => TrustedConnection.CanWrite(path)
        ? new("file_writable", $"This process may write to '{path}'. Queries cannot, but take the right away, or give agents a copy, where nothing has to write.")
        : null;

    private static TargetDatabaseWarning? KeepsLogBeside(TrustedConnection connection) =>
        connection.Rows("PRAGMA journal_mode") is [[string and "wal"]]
            ? new("write_ahead_log", $"'{connection.Path}' is in WAL mode: SQLite keeps the files -wal and -shm beside it even for a reader. Give agents a copy in another mode where the folder must not change.")
            : null;

    private SqliteQueryRows OpenRows(ReadOnlyQuery query, CancellationToken cancellationToken)
    {
        Batteries_V2.Init();
        var watch = new Watch(time, query.Timeout, layers) { CancellationToken = cancellationToken };
        GuardedConnection? connection = null;
        try
        {
            connection = GuardedConnection.Open(path, guard, query, watch, layers);
            return SqliteQueryRows.Open(connection, query);
        }
        catch
        {
            connection?.Dispose();
            watch.Dispose();
            throw;
        }
    }
}
