using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using Sluice.Bench.Measuring;
using Sluice.Bench.Stores;
using Sluice.Data;

namespace Sluice.Bench.Querying;

/// <summary>What the guard of a target database costs beside reading the same rows through ADO.NET; aim 1.3 from a thousand rows on.</summary>
internal static class QueryBenchmark
{
    private const int Rows = 100_000;
    private const string Sql = "SELECT id, name, total, quantity, created FROM sales ORDER BY id LIMIT ";

    private static readonly (int Rows, int Queries)[] Sizes = [(1, 300), (100, 200), (1_000, 100), (Rows, 2)];

    public static async Task RunAsync()
    {
        using var folder = new StoreFolder();
        await ReadSqliteAsync(folder.PathOf("sales.db"));
        await using var server = await PostgresDatabase.TryStartAsync();
        if (server is not null) await ReadPostgresAsync(server);
    }

    private static async Task ReadSqliteAsync(string path)
    {
        await using var source = SqliteFactory.Instance.CreateDataSource($"Data Source={path}");
        await FillAsync(source, $"WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < {Rows})", "printf('2026-01-%02d', 1 + i % 28)");
        await using var database = await new SqliteDataProvider().OpenTargetDatabaseAsync(new() { Url = path }, new(), CancellationToken.None);
        await CompareAsync("SQLite", "Microsoft.Data.Sqlite, pooled connections", source, database);
    }

    private static async Task ReadPostgresAsync(PostgresDatabase server)
    {
        await using var source = NpgsqlDataSource.Create(server.ConnectionString);
        await FillAsync(source, $"WITH n(i) AS (SELECT * FROM generate_series(1, {Rows}))", "'2026-01-' || lpad((1 + i % 28)::text, 2, '0')");
        await server.AnalyzeAsync();
        await using var database = await new PostgresDataProvider().OpenTargetDatabaseAsync(new() { Url = server.Url }, new(), CancellationToken.None);
        await CompareAsync("PostgreSQL", "Npgsql, pooled connections", source, database);
    }

    private static async Task FillAsync(DbDataSource source, string numbers, string created)
    {
        foreach (var sql in new[]
        {
            "CREATE TABLE sales (id integer PRIMARY KEY, name text NOT NULL, total double precision, quantity integer, created text)",
            $"INSERT INTO sales {numbers} SELECT i, 'customer number ' || i, i * 7.25, i % 9, {created} FROM n",
        })
        {
            await using var command = source.CreateCommand(sql);
            await command.ExecuteNonQueryAsync();
        }
    }

    private static async Task CompareAsync(string engine, string floor, DbDataSource source, ITargetDatabase database)
    {
        Table.Title($"A query of a target database, {engine}: five columns, a connection for each; a row's share", floor);
        foreach (var (rows, queries) in Sizes)
        {
            var sql = Sql + rows;
            var query = new ReadOnlyQuery { Sql = sql, MaxRows = Rows, MaxBytes = 1L << 30 };
            var comparison = await Comparison.RunAsync(
                () => RepeatAsync(queries, rows, () => ReadBareAsync(source, sql)), () => RepeatAsync(queries, rows, () => ReadGuardedAsync(database, query)), (long)queries * rows);
            Table.Costs($"{rows:N0} rows", comparison);
        }
    }

    private static async Task RepeatAsync(int queries, int rows, Func<Task<int>> read)
    {
        for (var i = 0; i < queries; i++)
            if (await read() != rows) throw new InvalidOperationException("The rows are not those that were asked for.");
    }

    private static async Task<int> ReadBareAsync(DbDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var (rows, values) = (0, new object[reader.FieldCount]);
        while (await reader.ReadAsync())
        {
            for (var i = 0; i < values.Length; i++) values[i] = reader.GetValue(i);
            rows++;
        }
        return rows;
    }

    private static async Task<int> ReadGuardedAsync(ITargetDatabase database, ReadOnlyQuery query)
    {
        await using var reader = await database.OpenAsync(query, CancellationToken.None);
        var (rows, values) = (0, new object?[reader.Columns.Count]);
        while (await reader.ReadAsync(CancellationToken.None))
        {
            for (var i = 0; i < values.Length; i++) values[i] = reader.GetValue(i);
            rows++;
        }
        return rows;
    }
}
