using SQLitePCL;

namespace Sluice.Cli.Tests;

/// <summary>A small database: customers and their orders.</summary>
internal static class Shop
{
    private const string Script =
        """
        CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT, balance REAL, photo BLOB);
        CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customers(id), status TEXT, placed_on TEXT);
        INSERT INTO customers VALUES (1, 'Ann', 'ann@acme.example', 12.5, x'00FF'), (2, 'Bob', NULL, -3, NULL), (3, 'Zoë 日本', 'zoe@acme.example', 0, NULL);
        INSERT INTO orders VALUES (10, 1, 'open', '2026-01-02'), (11, 1, 'paid', '2026-02-03'), (12, 3, 'paid', '2026-02-04');
        """;

    public static void Write(string path)
    {
        Batteries_V2.Init();
        raw.sqlite3_open(path, out var database).ShouldBe(raw.SQLITE_OK);
        using (database) raw.sqlite3_exec(database, Script).ShouldBe(raw.SQLITE_OK);
    }

    /// <summary>Takes the file for oneself, as a program does that is in the middle of a long write.</summary>
    public static sqlite3 Lock(string path)
    {
        Batteries_V2.Init();
        raw.sqlite3_open(path, out var database).ShouldBe(raw.SQLITE_OK);
        raw.sqlite3_exec(database, "BEGIN EXCLUSIVE").ShouldBe(raw.SQLITE_OK);
        return database;
    }
}
