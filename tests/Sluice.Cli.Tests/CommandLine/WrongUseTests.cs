namespace Sluice.Cli.Tests.CommandLine;

public sealed class WrongUseTests : IDisposable
{
    private readonly CommandDesk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Theory]
    [InlineData("", "Which command? There are: new, dev, serve, run, chat, runs, approvals, audit, spec, store, data, eval, mcp, doctor, completion.")]
    [InlineData("data", "Which command?")]
    [InlineData("eval rnu", "There is no command 'rnu' here; did you mean \"run\"?")]
    [InlineData("eval reprot", "There is no command 'reprot' here; did you mean \"report\"?")]
    [InlineData("data qurey", "There is no command 'qurey' here; did you mean \"query\"?")]
    [InlineData("data zzzzzz", "the commands are")]
    [InlineData("data query --databse=x 1", "There is no option '--databse' here; did you mean \"--database\"?")]
    [InlineData("data query --databse", "There is no option '--databse' here; did you mean \"--database\"?")]
    [InlineData("data query 1 -x", "There is no option '-x' here; the options are")]
    [InlineData("data query --max-rows 0 1", "--max-rows is to be a whole number from 1 to 1000000, and is '0'.")]
    [InlineData("data query --max-rows x 1", "and is 'x'.")]
    [InlineData("data query --output xml 1", "'xml'")]
    [InlineData("data query", "Give the statement")]
    [InlineData("data query 1 --file x", "Give the statement")]
    [InlineData("data query 1 2", "'2'")]
    [InlineData("data query --database x.db --param id 1", "--param 'id' has no name and value.")]
    [InlineData("data query --database x.db -p a=1 -p a=2 1", "--param a is given twice.")]
    [InlineData("data query --database x.db --data-environment y.yaml 1", "keep one of the two")]
    [InlineData("data query --database x.db --database-env Y 1", "--database-env: Both")]
    [InlineData("data query --database-schema x 1", "--database-schema and --search-index belong to")]
    [InlineData("data query --database mysql://db 1", "--database: An address of mysql cannot be used here.")]
    [InlineData("data query --database-env SLUICE_TEST_NOT_SET 1", "--database-env: The environment variable \"SLUICE_TEST_NOT_SET\" is not set.")]
    [InlineData("data catalog export", "--out")]
    [InlineData("completion tcsh", "'tcsh'")]
    public async Task CommandLine_ThatIsWrong_EndsWithTwoAndAHint(string commandLine, string problem)
    {
        var result = await _desk.RunAsync(commandLine.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        result.ExitCode.ShouldBe(2);
        result.Out.ShouldBeEmpty();
        result.Error.ShouldStartWith("sluice: ");
        result.Error.ShouldContain(problem);
        result.Error.ShouldContain("\nhint: ");
    }

    [Theory]
    [InlineData("--tenant-id")]
    [InlineData("--workspace-id")]
    [InlineData("--data-environment")]
    [InlineData("--database")]
    [InlineData("--catalog")]
    public async Task Option_ThatIsBlank_IsWrongUse(string option)
    {
        var result = await _desk.RunAsync("data", "query", option, " ", "SELECT 1");

        result.ExitCode.ShouldBe(2);
        result.Error.ShouldStartWith($"sluice: {option} is blank.");
    }

    [Fact]
    public async Task Tenant_ThatIsTooLong_IsWrongUse()
    {
        var result = await _desk.RunAsync("data", "query", "--tenant-id", new string('x', 600), "--database", _desk.Database, "SELECT 1");

        result.ExitCode.ShouldBe(2);
        result.Error.ShouldContain("512 characters");
    }

    [Fact]
    public async Task EnvironmentFile_WithProblems_TellsAllOfThem()
    {
        var file = _desk.Write("bad.yaml", "catalog:\n  kind: sqlit\nkv:\n  url: redis://\ntargetDatabas: x\n");

        var result = await _desk.RunAsync("data", "query", "--data-environment", file, "SELECT 1");

        result.ExitCode.ShouldBe(1);
        result.Error.ShouldContain("problems (invalid_data_environment)");
        foreach (var place in (string[])["  catalog.kind: ", "  kv.url: ", "  targetDatabas: "]) result.Error.ShouldContain(place);
    }
}
