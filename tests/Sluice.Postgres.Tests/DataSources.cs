using Npgsql;
using Sluice.Data;

namespace Sluice.Postgres.Tests;

/// <summary>Addresses of databases, as data environments have them.</summary>
internal static class DataSources
{
    private static readonly SemaphoreSlim Gate = new(1);
    private static DataSource? _shared;

    /// <summary>The database that the contract suites of data share, as an ordinary role: their tenants never meet.</summary>
    public static async Task<DataSource> SharedAsync(ServerFixture fixture)
    {
        await Gate.WaitAsync();
        try
        {
            return _shared ??= Of(await fixture.CreateDatabaseAsync());
        }
        finally
        {
            Gate.Release();
        }
    }

    public static DataSource Of(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        return new() { Url = $"postgres://{settings.Username}:{settings.Password}@{settings.Host}:{settings.Port}/{settings.Database}" };
    }
}
