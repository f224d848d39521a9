using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;

namespace Inventory.Tests;

/// <summary>Short ways to ask a database in a test.</summary>
internal static class Sql
{
    public static long Number(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(command.ExecuteScalar());
    }

    public static List<string> Texts(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var row = command.ExecuteReader();
        var texts = new List<string>();
        while (row.Read())
            texts.Add(row.GetString(0));
        return texts;
    }

    /// <summary>A hash over the schema and every cell of every table, with its type, in the order of the first columns.</summary>
    public static string ContentHash(SqliteConnection connection)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        const string Ours = "FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite%'";
        foreach (var definition in Texts(connection, $"SELECT sql {Ours} ORDER BY name"))
            hash.AppendData(Encoding.UTF8.GetBytes(definition));
        foreach (var table in Texts(connection, $"SELECT name {Ours} AND type = 'table' ORDER BY name"))
            AppendTable(connection, table, hash);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void AppendTable(SqliteConnection connection, string table, IncrementalHash hash)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT * FROM {table} ORDER BY 1, 2";
        using var row = command.ExecuteReader();
        while (row.Read())
        {
            for (var i = 0; i < row.FieldCount; i++)
                hash.AppendData(Encoding.UTF8.GetBytes($"{row.GetValue(i).GetType().Name}:{row.GetValue(i)}\u001f"));
        }
    }
}
