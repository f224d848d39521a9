namespace Inventory.Tests;

/// <summary>The Chinook sample database, where the test data is.</summary>
internal static class Chinook
{
    private const string Missing = "The Chinook database is not on this machine. Name the parent of its folder in SLUICE_TEST_DATA.";

    /// <summary>The SQLite file; skips the test without it.</summary>
    public static string SqliteFile() => Find("Chinook_Sqlite.sqlite");

    /// <summary>The statements that make it in an empty PostgreSQL database; skips the test without them.</summary>
    public static string PostgresScript() => string.Join('\n', File.ReadLines(Find("Chinook_PostgreSql.sql")).Where(line =>
        !line.StartsWith("DROP DATABASE", StringComparison.Ordinal) && !line.StartsWith("CREATE DATABASE", StringComparison.Ordinal) && !line.StartsWith('\\')));

    private static string Find(string file)
    {
        var path = Path.Combine(Environment.GetEnvironmentVariable("SLUICE_TEST_DATA") ?? "", "chinook", file);
        Assert.SkipUnless(File.Exists(path), Missing);
        return path;
    }
}
