namespace Sluice.Cli.Tests.Run;

public sealed class RunWrongUseTests : IDisposable
{
    private readonly CommandDesk _desk = new();

    public RunWrongUseTests() => _desk.Write("runtime.json", RunDesk.SpecText("never"));

    public void Dispose() => _desk.Dispose();

    [Theory]
    [InlineData("What is to be asked?", "--spec", "runtime.json")]
    [InlineData("Neither --app nor --spec is given.", "--prompt", "Hi")]
    [InlineData("twice", "--spec", "runtime.json", "--app", "x.csproj", "--prompt", "Hi")]
    [InlineData("twice", "--spec", "runtime.json", "--prompt", "Hi", "--prompt-file", "x")]
    [InlineData("There is no file 'absent.txt'", "--spec", "runtime.json", "--prompt-file", "absent.txt")]
    [InlineData("What is to be asked is empty.", "--spec", "runtime.json", "--prompt-file", "-")]
    [InlineData("'other'", "--spec", "runtime.json", "--prompt", "Hi", "--tenant-id", "other", "--interpreter", "noop")]
    [InlineData("none of live|scripted", "--spec", "runtime.json", "--prompt", "Hi", "--interpreter", "magic")]
    [InlineData("would change it", "--spec", "runtime.json", "--prompt", "Hi", "--resume", "run-1")]
    [InlineData("'NOT_SET' is not set", "--spec", "runtime.json", "--prompt", "Hi", "--store-env", "NOT_SET")]
    [InlineData("There is no agent 'analist'; did you mean \"analyst\"?", "--spec", "runtime.json", "--prompt", "Hi", "--agent", "analist", "--interpreter", "noop")]
    [InlineData("There is no file 'absent.json'", "--spec", "absent.json", "--prompt", "Hi")]
    public async Task Run_ThatCannotBeMeantSo_IsWrongUse(string expected, params string[] arguments)
    {
        string[] inFolder = [.. arguments.Select(argument => argument == "runtime.json" ? _desk.PathOf(argument) : argument)];
        string[] store = arguments.Contains("--store-env") ? [] : ["--store", _desk.PathOf("runs.db")];

        var result = await _desk.RunAsync(["run", .. inFolder, .. store]);

        result.ExitCode.ShouldBe(2, result.Error);
        result.Error.ShouldContain(expected);
        result.Error.ShouldContain("hint: ");
        File.Exists(_desk.PathOf("runs.db")).ShouldBeFalse();
    }

    [Fact]
    public async Task Run_WithoutTheKeyOfItsModel_MakesNoStore()
    {
        var spec = _desk.Write("keyless.json", """
            {"tenant":{"resourceId":"acme","version":"v1"},"providers":{"anthropic":{"kind":"anthropic","apiKeyEnv":"SLUICE_TEST_NO_SUCH_KEY"}},
            "agents":[{"name":"solo","role":"specialist","model":"claude-sonnet-4-6","systemPrompt":"You answer."}]}
            """);

        var result = await _desk.RunAsync("run", "--spec", spec, "--prompt", "Hi", "--store", _desk.PathOf("kept/runs.db"));

        result.ExitCode.ShouldBe(1, result.Out);
        result.Error.ShouldContain("Set the environment variable SLUICE_TEST_NO_SUCH_KEY");
        Directory.Exists(_desk.PathOf("kept")).ShouldBeFalse();
    }

    [Fact]
    public async Task Store_WithAPassword_IsNotShownInHints()
    {
        var address = Cli.Store.StoreAddress.Read("postgres://ann:hunter2@127.0.0.1:1/shop", null);

        string.Join(' ', address.Arguments).ShouldNotContain("hunter2");
        var result = await _desk.RunAsync("runs", "list", "--verbose", "--store", "redis://ann:hunter2@127.0.0.1");
        result.ExitCode.ShouldBe(2);
        result.Error.ShouldNotContain("hunter2");
    }
}
