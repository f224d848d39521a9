using Inventory.Data.Reading;
using Microsoft.Data.Sqlite;

namespace Inventory.Data;

/// <summary>Looks into any SQLite file and cannot change it: its tables, columns and rows, and queries of unknown origin.</summary>
/// <remarks>Every call opens the file read-only and closes it again; calls may run at the same time.</remarks>
internal sealed class SqliteExplorer
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Names the file; it is opened by the calls.</summary>
    public SqliteExplorer(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        DatabasePath = Path.GetFullPath(path);
    }

    /// <summary>Full path of the file.</summary>
    public string DatabasePath { get; }

    /// <summary>Tables and views by name, without SQLite's own.</summary>
    /// <exception cref="SqliteException">The file is missing or no SQLite database.</exception>
    public Task<IReadOnlyList<TableInfo>> TablesAsync(CancellationToken cancellationToken = default) => SqliteRead.ListAsync(
        DatabasePath,
        "SELECT name, type FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name",
        [],
        row => new TableInfo { Name = row.GetString(0), Kind = row.GetString(1) },
        cancellationToken);

    /// <summary>The columns of a table or view in order.</summary>
    /// <exception cref="KeyNotFoundException">There is no such table; the message names those there are.</exception>
    public async Task<IReadOnlyList<ColumnInfo>> ColumnsAsync(string table, CancellationToken cancellationToken = default)
    {
        var name = await FindTableAsync(table, cancellationToken);
        return await SqliteRead.ListAsync(
            DatabasePath,
            """
            SELECT c.name, c.type, c."notnull", c.pk, min(f."table" || coalesce('.' || f."to", ''))
            FROM pragma_table_info($table) c
            LEFT JOIN pragma_foreign_key_list($table) f ON f."from" = c.name
            GROUP BY c.cid
            ORDER BY c.cid
            """,
            [("$table", name)],
            row => new ColumnInfo
            {
                Name = row.GetString(0),
                DeclaredType = row.GetString(1),
                IsNullable = row.GetInt32(2) == 0 && row.GetInt32(3) == 0,
                KeyPosition = row.GetInt32(3),
                References = row.IsDBNull(4) ? null : row.GetString(4),
            },
            cancellationToken);
    }

    /// <summary>Number of rows of a table or view, counted.</summary>
    /// <exception cref="KeyNotFoundException">There is no such table; the message names those there are.</exception>
    /// <exception cref="QueryRefusedException">Counting took longer than 10 s, or the view does not compile.</exception>
    public async Task<long> CountRowsAsync(string table, CancellationToken cancellationToken = default)
    {
        var name = await FindTableAsync(table, cancellationToken);
        var limits = new QueryLimits { MaxRows = 1, Timeout = DefaultTimeout };
        var count = await RunAsync($"SELECT count(*) FROM {Quote(name)}", limits, cancellationToken);
        return (long)count.Rows[0][0]!;
    }

    /// <summary>The first rows of a table or view as they are stored.</summary>
    /// <param name="table">Name in any case.</param>
    /// <param name="count">Number of rows, 1 to 50. Default 5.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <exception cref="KeyNotFoundException">There is no such table; the message names those there are.</exception>
    /// <exception cref="QueryRefusedException">The query took longer than 10 s, or the view does not compile.</exception>
    public async Task<QueryRows> SampleRowsAsync(string table, int count = 5, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, 50);
        var name = await FindTableAsync(table, cancellationToken);

        // The statement is ours, so stored values of any length may pass; the cells are cut when they are read.
        var limits = new QueryLimits { MaxRows = count, Timeout = DefaultTimeout, MaxValueBytes = 1_000_000_000 };
        return await RunAsync($"SELECT * FROM {Quote(name)} LIMIT {count}", limits, cancellationToken);
    }

    /// <summary>Runs one statement that reads. The engine refuses everything else, however it is written.</summary>
    /// <param name="sql">One SELECT, VALUES or WITH … SELECT, without parameters.</param>
    /// <param name="maxRows">Rows to return at most, 1 to 1000. Default 200. Cells are further capped at about 1 MB in all.</param>
    /// <param name="timeout">More than zero and at most one minute. Default 10 s.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <exception cref="QueryRefusedException">
    /// The text is not one reading statement, it fails, or it takes too long; the message says what to change.
    /// </exception>
    public Task<QueryRows> QueryAsync(
        string sql, int maxRows = 200, TimeSpan? timeout = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sql);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxRows, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxRows, 1000);
        var limit = timeout ?? DefaultTimeout;
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(limit, TimeSpan.Zero, nameof(timeout));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, TimeSpan.FromMinutes(1), nameof(timeout));
        return RunAsync(sql, new QueryLimits { MaxRows = maxRows, Timeout = limit }, cancellationToken);
    }

    private Task<QueryRows> RunAsync(string sql, QueryLimits limits, CancellationToken cancellationToken) =>
        Task.Run(() => GuardedQuery.Run(DatabasePath, sql, limits, cancellationToken), cancellationToken);

    private async Task<string> FindTableAsync(string table, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(table);
        var tables = await TablesAsync(cancellationToken);
        return tables.FirstOrDefault(t => string.Equals(t.Name, table, StringComparison.OrdinalIgnoreCase))?.Name
            ?? throw new KeyNotFoundException(
                $"There is no table '{table}'. There are: {string.Join(", ", tables.Take(50).Select(t => t.Name))}.");
    }

    /// <summary>A name as it may stand in a query.</summary>
    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
