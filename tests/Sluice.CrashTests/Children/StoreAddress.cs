using Sluice.Storage;

namespace Sluice.CrashTests.Children;

/// <summary>Where a store is, as a text that a child is given: <c>sqlite:PATH</c> or <c>postgres:CONNECTION</c>.</summary>
internal static class StoreAddress
{
    private const string SqlitePrefix = "sqlite:";
    private const string PostgresPrefix = "postgres:";

    public static string OfSqlite(string path) => SqlitePrefix + path;

    public static string OfPostgres(string connectionString) => PostgresPrefix + connectionString;

    public static IRuntimeStorage Open(string address) => address.StartsWith(SqlitePrefix, StringComparison.Ordinal)
        ? SqliteStorage.Open(address[SqlitePrefix.Length..], new() { BusyTimeout = TimeSpan.FromMinutes(1) })
        : PostgresStorage.Open(address[PostgresPrefix.Length..], new() { RetryFor = TimeSpan.FromMinutes(2) });
}
