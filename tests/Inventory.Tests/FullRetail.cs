using Inventory.Data;
using Spectre.Console;

[assembly: AssemblyFixture(typeof(Inventory.Tests.FullRetail))]

namespace Inventory.Tests;

/// <summary>The data set at its full size and the catalog of it, made once for all tests that only read them.</summary>
public sealed class FullRetail : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    internal RetailDatabase Database { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Database = await RetailDatabase.OpenOrBuildAsync(_folder.File("retail.db"));
        var silent = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(TextWriter.Null), Interactive = InteractionSupport.No });
        await using var environment = await RetailEnvironment.OpenAsync(Database, CancellationToken.None);
        await environment.LearnAsync(ShopPolicies.AsWritten, silent, CancellationToken.None);
    }

    /// <summary>Copies the database and its catalog.</summary>
    public void CopyTo(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(_folder.FullPath).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
    }

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
