using Inventory.Data;
using Microsoft.Data.Sqlite;

namespace Inventory.Tests;

/// <summary>A data folder of its own for the tests of one class, with the retail database and its catalog already in it.</summary>
public sealed class JobData : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public JobData(FullRetail retail) => retail.CopyTo(FullPath);

    public string FullPath => _folder.FullPath;

    /// <summary>Runs the main job on this folder.</summary>
    internal Task<ProgramResult> RunAsync(string input, params IEnumerable<string> arguments) =>
        ProgramRun.RunAsync(input, ["--data", FullPath, .. arguments]);

    internal ProgramRun Start(params IEnumerable<string> arguments) => ProgramRun.Start(["--data", FullPath, .. arguments]);

    public string RunsPath => _folder.File("runs.db");

    /// <summary>The operational database as new, and no runs.</summary>
    internal async Task<OperationsDatabase> ResetAsync()
    {
        var retail = await RetailDatabase.OpenOrBuildAsync(_folder.File("retail.db"));
        var operations = await OperationsDatabase.OpenOrCreateAsync(_folder.File("operations.db"), retail);
        await operations.ResetAsync(retail);
        foreach (var file in Directory.EnumerateFiles(FullPath, "*runs.db*")) System.IO.File.Delete(file);
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

    /// <summary>Everything that was changed, without the keys and times that differ from run to run.</summary>
    public string Changes()
    {
        using var connection = Connect();
        return string.Join('\n', Sql.Texts(connection, """
            SELECT 'order ' || count(*) OVER (PARTITION BY purchase_order_id) || ' ' || product_id || ' ' || quantity FROM purchase_order_lines
            UNION ALL SELECT 'hold ' || product_id || ' ' || reason || ' ' || held_until FROM holds
            UNION ALL SELECT 'price ' || product_id || ' ' || old_cents || ' ' || new_cents FROM price_changes
            UNION ALL SELECT 'current ' || product_id || ' ' || price_cents FROM current_prices JOIN price_changes USING (product_id)
            UNION ALL SELECT 'applied ' || action_kind || ' ' || rows_affected FROM applied_actions
            ORDER BY 1
            """));
    }

    /// <summary>Keeps every other writer of the operational database waiting.</summary>
    public SqliteConnection LockOperations()
    {
        var connection = SqliteFile.Open(_folder.File("operations.db"), SqliteOpenMode.ReadWrite);
        connection.Execute("BEGIN IMMEDIATE");
        return connection;
    }

    public void Execute(string sql)
    {
        using var connection = SqliteFile.Open(_folder.File("operations.db"), SqliteOpenMode.ReadWrite);
        connection.Execute(sql);
    }

    public void Dispose() => _folder.Dispose();

    private SqliteConnection Connect() => SqliteFile.Open(_folder.File("operations.db"), SqliteOpenMode.ReadOnly);
}
