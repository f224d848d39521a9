using Inventory.Account;
using Inventory.Data;
using Microsoft.Data.Sqlite;
using Spectre.Console;
using SQLitePCL;

namespace Inventory;

/// <summary>Lets an analyst look into any SQLite file. Nothing is written.</summary>
internal static class Exploration
{
    private const string Analyst = "analyst";

    /// <summary>Runs it and tells it.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="IOException">The file is missing or no SQLite database.</exception>
    public static async Task<int> RunAsync(string path, bool showEvents, IAnsiConsole console, CancellationToken cancellationToken)
    {
        var explorer = new SqliteExplorer(path);
        var tables = await ReadTablesAsync(explorer, cancellationToken);
        var account = new ExplorationAccount(console, showEvents);
        account.Begin(explorer.DatabasePath, AnalystScript.Request);
        await using var runtime = SluiceRuntime.Create(Spec(explorer), new() { Interpreter = Interpreter.Scripted });
        var failed = false;
        var script = AnalystScript.Explore(tables.Count);
        await foreach (var e in runtime.RunSpecialistAsync(Analyst, script, cancellationToken: cancellationToken))
        {
            account.Add(e);
            failed |= e is ErrorEvent;
        }

        cancellationToken.ThrowIfCancellationRequested();
        account.End();
        return failed ? ExitCode.Failed : ExitCode.Done;
    }

    private static RuntimeSpec Spec(SqliteExplorer explorer) => Define.Runtime(
        Define.Tenant("exploration", "v1"),
        [
            Define.Specialist(
                Analyst,
                "claude-sonnet-4-6",
                "You explain databases to people who see them for the first time. Look before you conclude, and name the figures.",
                tools: new AnalystTools(explorer).All()),
        ]);

    private static async Task<IReadOnlyList<TableInfo>> ReadTablesAsync(SqliteExplorer explorer, CancellationToken cancellationToken)
    {
        var path = explorer.DatabasePath;
        if (Directory.Exists(path)) throw new IOException($"'{path}' is a folder; --database takes a SQLite file.");
        if (!File.Exists(path)) throw new IOException($"There is no file '{path}'.");
        try
        {
            return await explorer.TablesAsync(cancellationToken);
        }
        catch (SqliteException e) when (e.SqliteErrorCode == raw.SQLITE_NOTADB)
        {
            throw new IOException($"The file '{path}' is no SQLite database.", e);
        }
        catch (SqliteException e)
        {
            throw new IOException($"The database '{path}' cannot be read: {e.Message}", e);
        }
    }
}
