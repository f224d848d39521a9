using Inventory.Data;

[assembly: AssemblyFixture(typeof(Inventory.Tests.FullRetail))]

namespace Inventory.Tests;

/// <summary>The data set at its full size, built once for all tests that only read it.</summary>
public sealed class FullRetail : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    internal RetailDatabase Database { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Database = await RetailDatabase.OpenOrBuildAsync(_folder.File("retail.db"));

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    public long Number(string sql)
    {
        using var connection = Database.OpenReadOnly();
        return Sql.Number(connection, sql);
    }
}
