using Inventory.Data;
using Microsoft.Data.Sqlite;

namespace Inventory.Tests;

/// <summary>A data folder of its own for the tests of one class, with the retail database already in it.</summary>
public sealed class JobData : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public JobData(FullRetail retail) => System.IO.File.Copy(retail.Database.DatabasePath, _folder.File("retail.db"));

    public string FullPath => _folder.FullPath;

    /// <summary>Runs the main job on this folder.</summary>
    internal Task<ProgramResult> RunAsync(string input, params IEnumerable<string> arguments) =>
        ProgramRun.RunAsync(input, ["--data", FullPath, .. arguments]);

    internal ProgramRun Start(params IEnumerable<string> arguments) => ProgramRun.Start(["--data", FullPath, .. arguments]);

    /// <summary>The operational database as new.</summary>
    internal async Task<OperationsDatabase> ResetAsync()
    {
        var retail = await RetailDatabase.OpenOrBuildAsync(_folder.File("retail.db"));
        var operations = await OperationsDatabase.OpenOrCreateAsync(_folder.File("operations.db"), retail);
        await operations.ResetAsync(retail);
        return operations;
    }

    public long Number(string sql)
    {
        using var connection = Connect();
        return Sql.Number(connection, sql);
    }

    public string Content()
    {
        using var connection = Connect();
        return Sql.ContentHash(connection);
    }

    public void Dispose() => _folder.Dispose();

    private SqliteConnection Connect() => SqliteFile.Open(_folder.File("operations.db"), SqliteOpenMode.ReadOnly);
}
