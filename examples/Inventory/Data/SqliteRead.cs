using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Inventory.Data;

/// <summary>Runs our own statements with bound parameters on a read-only handle, off the caller's thread.</summary>
internal static class SqliteRead
{
    public static async Task<IReadOnlyList<T>> ListAsync<T>(
        string path,
        string sql,
        (string Name, object? Value)[] parameters,
        Func<SqliteDataReader, T> map,
        CancellationToken cancellationToken) =>
        await Task.Run(() => List(path, sql, parameters, map, cancellationToken), cancellationToken);

    private static List<T> List<T>(
        string path,
        string sql,
        (string Name, object? Value)[] parameters,
        Func<SqliteDataReader, T> map,
        CancellationToken cancellationToken)
    {
        using var connection = SqliteFile.Open(path, SqliteOpenMode.ReadOnly);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        using var interrupt = cancellationToken.Register(() => raw.sqlite3_interrupt(connection.Handle));
        try
        {
            var items = new List<T>();
            using var row = command.ExecuteReader();
            while (row.Read())
            {
                cancellationToken.ThrowIfCancellationRequested();
                items.Add(map(row));
            }

            return items;
        }
        catch (SqliteException e) when (e.SqliteErrorCode == raw.SQLITE_INTERRUPT)
        {
            throw new OperationCanceledException("The query was cancelled.", e, cancellationToken);
        }
    }
}
