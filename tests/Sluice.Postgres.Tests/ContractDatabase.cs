using Sluice.Storage;

namespace Sluice.Postgres.Tests;

/// <summary>The database that the contract suites share, as an ordinary role: their tenants never meet.</summary>
internal static class ContractDatabase
{
    private static readonly SemaphoreSlim Gate = new(1);
    private static string? _connectionString;

    public static async ValueTask<IRuntimeStorage> OpenAsync(ServerFixture fixture)
    {
        await Gate.WaitAsync();
        try
        {
            _connectionString ??= await fixture.CreateDatabaseAsync();
        }
        finally
        {
            Gate.Release();
        }

        return PostgresStorage.Open(_connectionString);
    }
}
