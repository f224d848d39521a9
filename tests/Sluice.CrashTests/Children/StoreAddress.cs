using Sluice.Storage;

namespace Sluice.CrashTests.Children;

/// <summary>Where a store is, as a text that a child is given: <c>sqlite:PATH</c> or <c>postgres:SCHEMA:CONNECTION</c>.</summary>
internal static class StoreAddress
{
    private const string SqlitePrefix = "sqlite:";
    private const string PostgresPrefix = "postgres:";

    public static string OfSqlite(string path) => SqlitePrefix + path;

    public static string OfPostgres(string connectionString, string schema) => $"{PostgresPrefix}{schema}:{connectionString}";

    public static IRuntimeStorage Open(string address)
    {
        if (address.StartsWith(SqlitePrefix, StringComparison.Ordinal))
            return SqliteStorage.Open(address[SqlitePrefix.Length..], new() { BusyTimeout = TimeSpan.FromMinutes(1) });
        var place = address[PostgresPrefix.Length..].Split(':', 2);
        return PostgresStorage.Open(place[1], new() { Schema = place[0], RetryFor = TimeSpan.FromMinutes(2) });
    }
}
