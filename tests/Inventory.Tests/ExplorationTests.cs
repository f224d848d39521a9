using System.Security.Cryptography;
using Inventory.Data;
using Microsoft.Data.Sqlite;

namespace Inventory.Tests;

public sealed class ExplorationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Database_WithOddNames_IsDescribedAndNotChanged()
    {
        var path = Create(""""
            CREATE TABLE "order ""lines""" (id INTEGER PRIMARY KEY, "the kind" TEXT NOT NULL, note TEXT);
            CREATE TABLE customers (name TEXT);
            CREATE VIEW [all] AS SELECT * FROM customers;
            INSERT INTO "order ""lines""" ("the kind") VALUES ('gift'), ('[red]gift[/]'), ('sale'), ('sale'), ('sale'), ('sale');
            INSERT INTO customers VALUES ('Ana'), ('Bo');
            """");
        var before = await HashAsync(path);

        var run = await ProgramRun.RunAsync("", "--database", path);

        run.ShouldSatisfyAllConditions(
            () => run.ExitCode.ShouldBe(0, run.Errors),
            () => run.Output.ShouldContain("2 tables and 1 view in "),
            () => run.Output.ShouldContain("FROM (SELECT 1 FROM \"main\".\"order \"\"lines\"\"\" LIMIT 1000000)"),
            () => run.Output.ShouldContain("│ main.order \"lines\" │ 6         │"),
            () => run.Output.ShouldContain("column of main.order \"lines\""),
            () => run.Output.ShouldContain("│ [red]gift[/] │"),
            () => run.Output.ShouldContain("│ Ana  │"),
            () => run.Output.ShouldContain("Nothing was written."),
            () => run.Output.ShouldNotContain("failed"));
        (await HashAsync(path)).ShouldBe(before);
        Directory.GetFiles(_folder.FullPath).ShouldBe([path]);
    }

    [Fact]
    public async Task Database_WithoutTables_IsSaidToHaveNone()
    {
        var run = await ProgramRun.RunAsync("", "--database", Create("PRAGMA user_version = 1"));

        run.ExitCode.ShouldBe(0, run.Errors);
        run.Output.ShouldContain("The database has no tables.");
    }

    [Fact]
    public async Task Database_ThatIsNone_IsOneClearError()
    {
        var path = _folder.File("letter.txt");
        await File.WriteAllTextAsync(path, "Dear reader, this is no database.", Token);

        var run = await ProgramRun.RunAsync("", "--database", path);

        run.ExitCode.ShouldBe(1);
        run.Output.ShouldBeEmpty();
        run.Errors.Trim().ShouldBe($"'{path}' is not a database that can be read (file is not a database). Give another path, or restore the file from a backup.");
    }

    [Fact]
    public async Task Database_ThatIsMissing_IsOneClearErrorAndIsNotCreated()
    {
        var path = _folder.File("missing.db");

        var run = await ProgramRun.RunAsync("", "--database", path);

        run.ExitCode.ShouldBe(1);
        run.Errors.Trim().ShouldBe($"The database '{path}' does not exist. Check the path; a target database is never made.");
        File.Exists(path).ShouldBeFalse();
    }

    private string Create(string sql)
    {
        var path = _folder.File("given.db");
        using var connection = SqliteFile.Open(path, SqliteOpenMode.ReadWriteCreate);
        connection.Execute(sql);
        return path;
    }

    private static async Task<string> HashAsync(string path) => Convert.ToHexString(SHA256.HashData(await File.ReadAllBytesAsync(path, Token)));
}
