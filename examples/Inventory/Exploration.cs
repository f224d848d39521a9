using Inventory.Account;
using Sluice.Data;
using Spectre.Console;

namespace Inventory;

/// <summary>Lets an analyst look into any SQLite file. Nothing is written.</summary>
internal static class Exploration
{
    private const string Analyst = "analyst";

    private static readonly RuntimeSpec Spec = Define.Runtime(
        Define.Tenant("exploration", "v1"),
        [
            Define.Specialist(
                Analyst,
                "claude-sonnet-4-6",
                "You explain databases to people who see them for the first time. Look before you conclude, and name the figures.",
                toolkits: [BuiltInTools.CatalogToolkit]),
        ]);

    /// <summary>Runs it and tells it.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="SluiceException">The file is missing or no SQLite database.</exception>
    public static async Task<int> RunAsync(string path, bool showEvents, IAnsiConsole console, CancellationToken cancellationToken)
    {
        var environment = new DataEnvironment { TargetDatabase = new() { Url = $"sqlite:{Path.GetFullPath(path)}" } };
        await using var data = await environment.OpenAsync([new SqliteDataProvider()], cancellationToken: cancellationToken);
        var tables = await data.TargetDatabase!.ReadSchemaAsync(cancellationToken);
        var account = new CatalogAccount(console, showEvents);
        Announce(path, tables, console);
        await using var runtime = SluiceRuntime.Create(Spec, new() { Interpreter = Interpreter.Scripted, DataEnvironment = data });
        var failed = false;
        await foreach (var e in runtime.RunSpecialistAsync(Analyst, AnalystScript.Explore(tables), cancellationToken: cancellationToken))
        {
            account.Add(e);
            failed |= e is ErrorEvent;
        }

        cancellationToken.ThrowIfCancellationRequested();
        console.WriteLine();
        console.WriteLine($"{account}. Nothing was written.");
        return failed ? ExitCode.Failed : ExitCode.Done;
    }

    private static void Announce(string path, IReadOnlyList<TableDescription> tables, IAnsiConsole console)
    {
        var views = tables.Count(table => table.IsView);
        console.Write(new Rule("The request").LeftJustified());
        console.WriteLine(AnalystScript.Request);
        console.WriteLine($"{ToolSummary.Count(tables.Count - views, "table")} and {ToolSummary.Count(views, "view")} in {path}");
        console.WriteLine("No model is called: a script answers in its place. The tools and their answers are real, and they can only read.");
        console.WriteLine();
    }
}
