namespace Sluice.Cli.Tests.Eval;

public sealed class EvalWrongUseTests : IDisposable
{
    private readonly EvalDesk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Theory]
    [InlineData("--case te", "--case: There is no 'te' in the dataset; did you mean \"tea\"?")]
    [InlineData("--tag stok", "--tag: There is no 'stok' in the dataset; did you mean \"stock\"?")]
    [InlineData("--case tea --skip-tag stock", "None of the 3 cases of 'clerk' is left.")]
    [InlineData("--samples 0", "--samples is to be a whole number from 1 to 1000, and is '0'.")]
    [InlineData("--concurrency many", "--concurrency is to be a whole number from 1 to 256, and is 'many'.")]
    [InlineData("--approvals maybe", "'maybe'")]
    [InlineData("--interpreter model", "--interpreter is 'model', which is none of scripted|live|app|record:FILE|replay:FILE.")]
    [InlineData("--interpreter replay:", "--interpreter is 'replay:', which is none of")]
    [InlineData("--interpreter live:x", "--interpreter is 'live:x', which is none of")]
    [InlineData("--interpreter replay:nowhere.jsonl", "--interpreter: There is no file 'nowhere.jsonl'.")]
    [InlineData("--resume", "There is no eval in '")]
    [InlineData("--junit nowhere/results.xml", "--junit: There is no folder '")]
    [InlineData("--skip-tags live", "There is no option '--skip-tags' here; did you mean \"--skip-tag\"?")]
    public async Task Run_CalledWrongly_EndsWithTwoBeforeAnythingRuns(string options, string problem)
    {
        var result = await _desk.RunEvalAsync(_desk.Dataset, "run", options.Split(' '));

        result.ExitCode.ShouldBe(2, result.Error);
        result.Error.ShouldStartWith("sluice: ");
        result.Error.ShouldContain(problem);
        result.Error.ShouldContain("\nhint: ");
        Directory.Exists(_desk.PathOf("run")).ShouldBeFalse();
    }

    [Fact]
    public async Task Run_WithoutAnApp_AsksForOne()
    {
        var result = await _desk.RunAsync("run", _desk.Dataset);

        result.ExitCode.ShouldBe(2);
        result.Error.ShouldContain("Which app is to be tested? 'clerk' does not say.\nhint: add --app");
    }

    [Fact]
    public async Task Resume_WithoutAFolder_IsWrongUse()
    {
        var result = await _desk.RunAsync("run", _desk.Dataset, "--resume");

        result.ExitCode.ShouldBe(2);
        result.Error.ShouldContain("--resume goes on with the eval of a folder, and none is given.");
    }

    [Fact]
    public async Task Run_IntoTheFolderOfAnotherEval_IsWrongUse()
    {
        await _desk.RunEvalAsync(_desk.Dataset, "run");
        var before = File.ReadAllText(_desk.PathOf("run/samples.ndjson"));

        var result = await _desk.RunEvalAsync(_desk.Dataset, "run");

        result.ExitCode.ShouldBe(2);
        result.Error.ShouldContain("holds an eval already.\nhint: add --resume");
        File.ReadAllText(_desk.PathOf("run/samples.ndjson")).ShouldBe(before);
    }

    [Theory]
    [InlineData("nowhere.yaml", null, "nowhere.yaml' cannot be read")]
    [InlineData("cases.txt", "cases: []", "is of no known kind")]
    [InlineData("bad.yaml", "cases:\n  - id: a\n    inptu: x\n", "cases[0].inptu")]
    [InlineData("empty.yaml", "name: x\ncases: []\n", "cases")]
    public async Task Run_OfAFileThatIsNoDataset_SaysWhatIsWrong(string name, string? text, string problem)
    {
        var path = text is null ? _desk.PathOf(name) : _desk.WriteText(name, text);

        var result = await _desk.RunEvalAsync(path, "run");

        result.ExitCode.ShouldBe(1, result.Error);
        result.Error.ShouldContain("(invalid_eval)");
        result.Error.ShouldContain(problem);
    }

    [Fact]
    public async Task Run_OfCasesWithProblems_TellsAllOfThemAndRunsNothing()
    {
        var dataset = _desk.Write("other.yaml", "expectedTrajectory: [look_up]\n    finalResponse: { scorers: [{ type: contains, id: units, text: \"3\" }] }", "expectedTrajectory: [lok_up]");
        File.WriteAllText(dataset, File.ReadAllText(dataset).Replace("- id: order", "- id: caviar", StringComparison.Ordinal));

        var result = await _desk.RunEvalAsync(dataset, "run");

        result.ExitCode.ShouldBe(1);
        result.Error.ShouldContain("cases[0].expectedTrajectory[0]");
        result.Error.ShouldContain("did you mean \"look_up\"?");
        result.Error.ShouldContain("cases[2].id");
        File.Exists(_desk.PathOf("run/samples.ndjson")).ShouldBeFalse();
    }

    [Fact]
    public async Task Run_OfAnAppThatCannotBeOpened_SaysWhy()
    {
        var result = await _desk.RunAsync("run", _desk.Dataset, "--app", ClerkApp.PathOf(nameof(ClerkApp.Shut)));

        result.ExitCode.ShouldBe(1);
        result.Error.ShouldContain("sluice: The shop is shut. (store_unavailable)");
    }

    [Fact]
    public async Task Run_OfAnAppThatIsNotThere_IsWrongUse()
    {
        var result = await _desk.RunAsync("run", _desk.Dataset, "--app", _desk.PathOf("nowhere.csproj"));

        result.ExitCode.ShouldBe(2);
        result.Error.ShouldContain("nowhere.csproj");
    }

    [Theory]
    [InlineData("report nowhere", "There is no 'nowhere")]
    [InlineData("compare nowhere nowhere", "There is no 'nowhere")]
    public async Task Artifact_ThatIsNotThere_IsOneClearError(string commandLine, string problem)
    {
        var result = await _desk.RunAsync(commandLine.Split(' '));

        result.ExitCode.ShouldBe(1);
        result.Error.ShouldContain(problem);
        result.Error.ShouldContain("(invalid_artifact)");
        result.Error.Trim().Split('\n').Length.ShouldBe(1);
    }

    [Fact]
    public async Task Artifact_ThatIsSomethingElse_IsOneClearError()
    {
        var result = await _desk.RunAsync("report", _desk.WriteText("other.json", "{\"hello\": 1}"));

        result.ExitCode.ShouldBe(1);
        result.Error.ShouldContain("(invalid_artifact)");
        result.Error.Trim().Split('\n').Length.ShouldBe(1);
    }
}
