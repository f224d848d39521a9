using Analyst;
using Inventory.Data;
using Microsoft.Data.Sqlite;
using Npgsql;
using Sluice.ModelServer;
using Sluice.TestServers;

namespace Inventory.Tests;

/// <summary>The example that looks at any database, as a process.</summary>
public sealed class AnalystProgramTests(FullRetail retail) : IDisposable
{
    private const string Password = "planted-password";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Chinook_OnSqlite_IsProfiledOnceAndAskedTwiceAlike()
    {
        var file = Chinook.SqliteFile();

        var first = await RunAsync("--database", file);
        var second = await RunAsync("--database", $"sqlite:{file}");

        first.ShouldSatisfyAllConditions(
            () => first.ExitCode.ShouldBe(0, first.Output + first.Errors),
            () => first.Output.ShouldContain("Profiled 11 tables in "),
            () => first.Output.ShouldContain("11 relations to other tables declared"),
            () => first.Output.ShouldContain("│ main.PlaylistTrack │ 8715 "),
            () => first.Output.ShouldContain("Figures from query "),
            () => first.Output.ShouldNotContain("failed"));
        second.ExitCode.ShouldBe(0, second.Output + second.Errors);
        second.Output.ShouldContain("The catalog is up to date. 11 tables had not changed.");
        Tables(second.Output).ShouldBe(Tables(first.Output));
    }

    [Fact]
    public async Task Chinook_OnPostgres_IsAskedTheSame()
    {
        var script = Chinook.PostgresScript();
        if (PostgresServer.MissingReason is { } reason) Assert.Skip(reason);
        await using var server = await PostgresServer.StartAsync();
        await using var source = NpgsqlDataSource.Create(server.ConnectionString);
        await using (var command = source.CreateCommand($"{script}; CREATE ROLE reader LOGIN PASSWORD '{Password}'; GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader"))
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        var variables = new Dictionary<string, string?> { ["CHINOOK"] = $"postgres://reader:{Password}@127.0.0.1:{server.Port}/postgres" };

        var run = await ProgramRun.RunAsync(typeof(AnalystAgent).Assembly, variables, "", Arguments("--database-env", "CHINOOK"));

        run.ShouldSatisfyAllConditions(
            () => run.ExitCode.ShouldBe(0, run.Output + run.Errors),
            () => run.Output.ShouldContain("Profiled 11 tables in "),
            () => run.Output.ShouldContain("11 relations to other tables declared"),
            () => run.Output.ShouldContain("│ public.playlist_track │ 8715 "),
            () => run.Output.ShouldNotContain("failed"),
            () => (run.Output + run.Errors).ShouldNotContain(Password));
        foreach (var file in Directory.EnumerateFiles(_folder.FullPath)) (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).ShouldNotContain(Password);
    }

    [Fact]
    public async Task Retail_OnSqlite_IsAskedWithItsFindings()
    {
        var run = await RunAsync("--database", retail.Database.DatabasePath);

        run.ShouldSatisfyAllConditions(
            () => run.ExitCode.ShouldBe(0, run.Output + run.Errors),
            () => run.Output.ShouldContain("│ main.sales        │ 780000    │"),
            () => run.Output.ShouldContain("What is wrong with the data?"),
            () => run.Output.ShouldContain("Which rows of "),
            () => run.Output.ShouldNotContain("failed"));
    }

    [Fact]
    public async Task Question_WithoutAModel_ShowsWhatTheCatalogHasOnIt()
    {
        var run = await RunAsync("--database", Create("CREATE TABLE invoices (id INTEGER PRIMARY KEY, total REAL); INSERT INTO invoices VALUES (1, 9.5)"), "--question", "What was invoiced?");

        run.ExitCode.ShouldBe(0, run.Output + run.Errors);
        run.Output.ShouldContain("found main.invoices");
        run.Output.ShouldContain("│ 1  │ 9.5   │");
    }

    [Fact]
    public async Task Live_WithAQuestion_AnswersFromAQueryThatItNames()
    {
        var database = Create("CREATE TABLE invoices (id INTEGER PRIMARY KEY, total REAL); INSERT INTO invoices VALUES (1, 9.5), (2, 10.5)");
        await using var server = await LocalModelServer.StartAsync(Live.AnalystModel.Respond);
        var variables = new Dictionary<string, string?> { ["ANTHROPIC_API_KEY"] = Password, ["ANTHROPIC_BASE_URL"] = server.Address.ToString() };

        var run = await ProgramRun.RunAsync(
            typeof(AnalystAgent).Assembly, variables, "What was invoiced?\nAnd how often?\n\n", Arguments("--database", database, "--live", "--model", "claude-haiku-4-5"));

        run.ExitCode.ShouldBe(0, run.Output + run.Errors);
        run.Output.ShouldContain("20 in all, by query ");
        run.Output.ShouldContain("Figures from query ");
        run.Output.ShouldContain("And how often?");
        run.Output.ShouldNotContain(Password);
    }

    [Theory]
    [InlineData("does not exist", "--database", "missing.db")]
    [InlineData("is not a database that can be read", "--database", "letter.txt")]
    [InlineData("The database has no tables", "--database", "empty.db")]
    [InlineData("127.0.0.1:9", "--database", "postgres://reader:planted-password@127.0.0.1:9/shop")]
    public async Task Database_ThatCannotBeAsked_IsOneClearError(string problem, params string[] arguments)
    {
        await File.WriteAllTextAsync(_folder.File("letter.txt"), "Dear reader, this is no database.", TestContext.Current.CancellationToken);
        SqliteFile.Open(_folder.File("empty.db"), SqliteOpenMode.ReadWriteCreate).Dispose();

        var run = await RunAsync([arguments[0], arguments[1].Contains("://", StringComparison.Ordinal) ? arguments[1] : _folder.File(arguments[1])]);

        run.ExitCode.ShouldBe(1, run.Output + run.Errors);
        run.Output.ShouldBeEmpty();
        run.Errors.ShouldContain(problem);
        run.Errors.Trim().ShouldNotContain('\n');
        run.Errors.ShouldNotContain(Password);
        File.Exists(_folder.File("missing.db")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("There is no option '--databse'. Did you mean '--database'?", "--databse=x")]
    [InlineData("Option '--database' needs a value.", "--database")]
    [InlineData("Option '--live' takes no value.", "--live=yes")]
    [InlineData("Options '--database' and '--database-env' both say which database. Keep one.", "--database", "x", "--database-env", "X")]
    [InlineData("Option '--model' goes with '--live': without it a script answers.", "--model", "claude-haiku-4-5")]
    public void Options_ThatAreWrong_AreNamed(string problem, params string[] arguments)
    {
        var problems = new List<string>();
        Analyst.Options.Read(arguments, problems);
        problems.ShouldBe([problem]);
    }

    [Theory]
    [InlineData("names the variable 'NO_SUCH_VARIABLE', which is not set", "--database-env", "NO_SUCH_VARIABLE")]
    [InlineData("The kinds are: sqlite, postgres", "--database", "mysql://host/shop")]
    [InlineData("There is no option '--ask'", "--ask", "x")]
    public async Task Start_WithWrongOptions_SaysSoAndDoesNothing(string problem, params string[] arguments)
    {
        var run = await RunAsync(arguments);

        run.ExitCode.ShouldBe(2, run.Output + run.Errors);
        run.Output.ShouldBeEmpty();
        run.Errors.ShouldContain(problem);
    }

    private Task<ProgramResult> RunAsync(params IEnumerable<string> arguments) => ProgramRun.RunAsync(typeof(AnalystAgent).Assembly, "", Arguments(arguments));

    private IEnumerable<string> Arguments(params IEnumerable<string> arguments) => [.. arguments, "--data", _folder.File("catalogs")];

    private string Create(string sql)
    {
        using var connection = SqliteFile.Open(_folder.File("given.db"), SqliteOpenMode.ReadWriteCreate);
        connection.Execute(sql);
        return _folder.File("given.db");
    }

    /// <summary>What was printed as tables.</summary>
    private static IEnumerable<string> Tables(string output) => output.Split('\n').Where(line => line.StartsWith('│'));
}
