using System.Text.Json;
using Sluice.Cli.Tests.Apps;
using Sluice.Cli.Tests.Processes;
using Sluice.TestServers;

namespace Sluice.Cli.Tests.Run;

/// <summary>Runs by the program itself, and answers from a second process.</summary>
public sealed class RunProcessTests : IDisposable
{
    private readonly RunDesk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task Run_OnChinook_QueriesItThroughTheCatalogToolkit()
    {
        var file = Environment.GetEnvironmentVariable("SLUICE_TEST_DATA") is { Length: > 0 } data ? Path.Combine(data, "chinook", "Chinook_Sqlite.sqlite") : "";
        Assert.SkipUnless(File.Exists(file), "The Chinook database is not on this machine. Name the parent of its folder in SLUICE_TEST_DATA.");
        _desk.Write(RunDesk.Spec, RunDesk.SpecText("never"));
        _desk.Write("chinook.yaml", $"targetDatabase:\n  url: 'sqlite:{file}'\n");

        var result = await _desk.RunAsync(
            "run", "--spec", RunDesk.Spec, "--data-environment", "chinook.yaml", "--interpreter", "scripted", "--output", "ndjson",
            "--prompt", """{"tool":"execute_query","args":{"sql":"SELECT count(*) AS tracks FROM Track"}}""");

        result.ExitCode.ShouldBe(0, result.Error);
        var events = result.Lines.Select(line => RuntimeEvent.FromJson(line)!).ToList();
        result.Lines.ShouldBe(events.Select(happened => happened.ToJson()));
        events.OfType<ToolInvocationEvent>().Single(call => call.State == InvocationState.Result).Result!.Value.GetRawText().ShouldContain("3503");
        events[^1].ShouldBeOfType<FinishEvent>().FinishReason.ShouldBe(FinishReason.Stop);
    }

    [Fact]
    public async Task Respond_FromASecondProcess_LetsAWaitingRunGoOn()
    {
        using var process = _desk.StartScript("--output", "ndjson");
        var asked = await UntilAsync<ApprovalRequiredEvent>(process);

        var listed = await _desk.RunAsync("approvals", "list", "--spec", RunDesk.Spec);
        listed.Lines[1].ShouldStartWith(asked.Id);
        var answered = await _desk.RunAsync("approvals", "respond", asked.Id, "approve", "--tenant-id", "acme", "--decided-by", "ana");
        answered.ExitCode.ShouldBe(0, answered.Error);
        var result = await process.WaitAsync();

        result.ExitCode.ShouldBe(0, result.Error);
        result.Error.ShouldContain($"hint: sluice approvals respond {asked.Id} --tenant-id acme approve|reject");
        var events = result.Lines.Select(line => RuntimeEvent.FromJson(line)!).ToList();
        events.OfType<ApprovalDecisionEvent>().Single().DecidedBy.ShouldBe("ana");
        events.OfType<TextEvent>().Single().Text.ShouldBe("There are 3 orders.");
        (await _desk.RunAsync("approvals", "respond", asked.Id, "reject", "--tenant-id", "acme")).Error.ShouldContain("approval_already_decided");
    }

    [Fact]
    public async Task Interrupt_OfAWaitingRun_SaysHowToGoOnAndThatDoes()
    {
        if (InterruptSignal.MissingReason is { } reason) Assert.Skip(reason);
        var asked = await InterruptAsync("--workspace-id", "w1");

        (await _desk.RunAsync("runs", "list", "--tenant-id", "acme", "--state", "waiting")).Lines[1].ShouldStartWith(asked.RunId);
        var result = await _desk.RunAsync(
            "runs", "resume", asked.RunId, "--spec", RunDesk.Spec, "--database", "shop.db", "--interpreter", "scripted", "--approve", "always");

        result.ExitCode.ShouldBe(0, result.Error);
        result.Out.ShouldBe("There are 3 orders.\n");
    }

    /// <summary>The end of the stream is not recorded: it has the sequence of the last event, and the run goes on with the next.</summary>
    [Fact]
    public async Task Interrupt_OfAWaitingRun_LeavesNoGapInItsSequences()
    {
        if (InterruptSignal.MissingReason is { } reason) Assert.Skip(reason);
        var asked = await InterruptAsync();

        var resumed = await _desk.RunAsync(
            "run", "--resume", asked.RunId, "--spec", RunDesk.Spec, "--database", "shop.db", "--interpreter", "scripted", "--approve", "always", "--output", "ndjson");

        resumed.ExitCode.ShouldBe(0, resumed.Error);
        var rest = resumed.Lines.Select(line => RuntimeEvent.FromJson(line)!.Sequence).ToList();
        rest.ShouldBe(Enumerable.Range(1, rest.Count).Select(step => asked.Sequence + step));
        var shown = await _desk.RunAsync("runs", "show", asked.RunId, "--tenant-id", "acme", "--output", "ndjson");
        shown.Lines.Select(line => RuntimeEvent.FromJson(line)!.Sequence).ShouldBe(Enumerable.Range(1, (int)rest[^1]).Select(sequence => (long)sequence));
        shown.Lines[^rest.Count..].ShouldBe(resumed.Lines);
    }

    [Fact]
    public async Task Run_OfAnAppWhoseRunsLeaveMemory_EndsWith130AndGoesOnWhenItIsAnswered()
    {
        var app = $"{SampleAssembly.Path}:Waiting.App";
        string[] run = ["run", "--app", app, "--interpreter", "scripted"];

        var left = await _desk.RunAsync([.. run, "--prompt", """{"script":[{"tool":"publish","args":{}},{"text":"It is out."}]}"""]);

        left.ExitCode.ShouldBe(130, left.Error);
        left.Error.ShouldContain("sluice: Nobody has answered for so long");
        var runId = left.Error.Split("sluice run --resume ")[1].Split(' ')[0];
        left.Error.ShouldContain($"hint: the run waits in .sluice/runs.db: 'sluice run --resume {runId} --app {app} --interpreter scripted' goes on");
        var request = (await _desk.RunAsync("approvals", "list", "--app", app)).Lines[1].Split(' ')[0];
        (await _desk.RunAsync("approvals", "respond", request, "approve", "--app", app)).ExitCode.ShouldBe(0);
        var result = await _desk.RunAsync([.. run, "--resume", runId]);
        result.ExitCode.ShouldBe(0, result.Error);
        result.Out.ShouldBe("It is out.\n");
    }

    /// <summary>The app takes up decided runs by itself, which is for whoever serves it: a command is about one run.</summary>
    [Fact]
    public async Task Run_OfAnApp_LeavesOtherRunsOfTheStoreAlone()
    {
        string[] app = ["--app", $"{SampleAssembly.Path}:Waiting.App"];
        var left = await _desk.RunAsync(["run", .. app, "--interpreter", "scripted", "--prompt", """{"script":[{"tool":"publish","args":{}},{"text":"It is out."}]}"""]);
        left.ExitCode.ShouldBe(130, left.Error);
        var request = (await _desk.RunAsync(["approvals", "list", .. app])).Lines[1].Split(' ')[0];
        (await _desk.RunAsync(["approvals", "respond", request, "approve", .. app])).ExitCode.ShouldBe(0);

        (await _desk.RunAsync(["run", .. app, "--interpreter", "canned:Another.", "--prompt", "Hi"])).Out.ShouldBe("Another.\n");
        (await _desk.RunAsync(["spec", "show", .. app])).Out.ShouldContain("publish");

        var runs = JsonElement.Parse((await _desk.RunAsync(["runs", "list", .. app, "--output", "json"])).Out);
        runs.EnumerateArray().Select(run => run.GetProperty("state").GetString()).ShouldBe(["finished", "waiting"]);
    }

    [Theory]
    [InlineData("""{"actions":[{"kind":"notice","text":"Sale"}]}""", 0, "")]
    [InlineData("""{"actions":[{"kind":"notice"}]}""", 1, "/actions/0")]
    public async Task Respond_WithMembersOfAPlansBody_ReplacesThemWhereTheSchemaAllows(string partial, int exitCode, string problem)
    {
        string[] app = ["--app", $"{SampleAssembly.Path}:SampleApp.PriceDesk.App"];
        using var process = SluiceProcess.Start(
            _desk.Folder, new Dictionary<string, string?>(), ["run", .. app, "--interpreter", "scripted", "--output", "ndjson", "--prompt", Chat.PriceScripts.PlanAndExecute]);
        var asked = await UntilAsync<ApprovalRequiredEvent>(process);

        var answered = await _desk.RunAsync(["approvals", "respond", asked.Id, "approve", "--partial", partial, .. app]);

        answered.ExitCode.ShouldBe(exitCode, answered.Error);
        answered.Error.ShouldContain(problem);
        if (exitCode != 0)
        {
            (await _desk.RunAsync(["approvals", "respond", asked.Id, "reject", .. app])).ExitCode.ShouldBe(0);
            return;
        }

        var result = await process.WaitAsync();
        result.ExitCode.ShouldBe(0, result.Error);
        result.Out.ShouldContain("\"kind\":\"notice\"");
        result.Out.ShouldNotContain("Lowered by");
    }

    [Fact]
    public async Task Run_OfAgentsThatCallOthers_KeepsWhatTheOthersSayOffStandardOutput()
    {
        _desk.Write("two.json", """
            {"tenant":{"resourceId":"acme","version":"v1"},"agents":[
            {"name":"lead","role":"coordinator","model":"m","systemPrompt":"p","routes":["helper"]},
            {"name":"helper","role":"specialist","model":"m","systemPrompt":"p"}]}
            """);
        const string Script = """{"script":[{"tool":"call_agent","args":{"agent":"helper","prompt":"{\"text\":\"It is\\nraining.\"}"}},{"text":"Take an umbrella."}]}""";

        var result = await _desk.RunAsync("run", "--spec", "two.json", "--interpreter", "scripted", "--prompt", Script);

        result.ExitCode.ShouldBe(0, result.Error);
        result.Out.ShouldBe("Take an umbrella.\n");
        result.Error.ShouldContain("helper: It is\nraining.\n");
    }

    [Fact]
    public async Task Run_WhoseReaderIsGone_SaysHowItGoesOn()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "The device that is always full is one of Linux.");

        var result = await SluiceProcess.RunInShellAsync(
            _desk.Folder, $"run --spec {RunDesk.Spec} --database shop.db --interpreter scripted --prompt-file script.json --output ndjson > /dev/full");

        result.ExitCode.ShouldBe(1);
        result.Error.ShouldContain("sluice: No space left on device");
        result.Error.ShouldContain("hint: the run waits in .sluice/runs.db: 'sluice run --resume run-");
    }

    [Fact]
    public async Task Resume_WhileAnotherProcessDrivesTheRun_IsRefused()
    {
        using var process = _desk.StartScript("--output", "ndjson");
        var asked = await UntilAsync<ApprovalRequiredEvent>(process);

        var second = await _desk.RunAsync("run", "--resume", asked.RunId, "--spec", RunDesk.Spec, "--database", "shop.db", "--interpreter", "scripted");

        second.ExitCode.ShouldBe(1);
        second.Error.ShouldContain("(run_active)");
        (await _desk.RunAsync("runs", "cancel", asked.RunId, "--tenant-id", "acme")).ExitCode.ShouldBe(0);
        (await process.WaitAsync()).ExitCode.ShouldBe(1);
    }

    [Fact]
    public async Task Cancel_FromASecondProcess_EndsARunThatIsDriven()
    {
        using var process = _desk.StartScript("--output", "ndjson");
        var asked = await UntilAsync<ApprovalRequiredEvent>(process);

        var cancelled = await _desk.RunAsync("runs", "cancel", asked.RunId, "--tenant-id", "acme");

        cancelled.ExitCode.ShouldBe(0, cancelled.Error);
        cancelled.Out.ShouldBe($"Run {asked.RunId} is cancelled.\n");
        var result = await process.WaitAsync();
        result.ExitCode.ShouldBe(1);
        result.Error.ShouldContain("The run was cancelled. (cancelled)");
    }

    [Theory]
    [InlineData("always", "approve", "rowCount")]
    [InlineData("never", "reject", "\"code\": \"rejected\"")]
    public async Task Approve_InAdvance_DecidesWithoutAsking(string mode, string outcome, string came)
    {
        var result = await _desk.RunScriptAsync("--approve", mode, "--output", "json", "--decided-by", "ana");

        result.ExitCode.ShouldBe(0, result.Error);
        var decision = JsonElement.Parse(result.Out).EnumerateArray().Single(happened => happened.GetProperty("type").GetString() == "approval_decision");
        decision.GetProperty("outcome").GetString().ShouldBe(outcome);
        result.Out.ShouldContain(came);
    }

    /// <summary>Starts the script and interrupts it while it waits for a decision.</summary>
    private async Task<ApprovalRequiredEvent> InterruptAsync(params IReadOnlyList<string> more)
    {
        using var process = _desk.StartScript(["--output", "ndjson", .. more]);
        var asked = await UntilAsync<ApprovalRequiredEvent>(process);
        process.Interrupt();
        var interrupted = await process.WaitAsync();
        interrupted.ExitCode.ShouldBe(130, interrupted.Error);
        interrupted.Error.ShouldContain("sluice: Interrupted.");
        interrupted.Error.ShouldContain($"'sluice run --resume {asked.RunId} --spec runtime.json --interpreter scripted {string.Concat(more.Select(word => $"{word} "))}--database shop.db' goes on");
        var last = RuntimeEvent.FromJson(interrupted.Lines[^1]).ShouldBeOfType<FinishEvent>();
        (last.FinishReason, last.Sequence).ShouldBe((FinishReason.Suspended, asked.Sequence));
        return asked;
    }

    private static async Task<TEvent> UntilAsync<TEvent>(SluiceProcess process)
        where TEvent : RuntimeEvent
    {
        while (await process.FirstLineAsync() is { } line)
            if (RuntimeEvent.FromJson(line) is TEvent happened) return happened;
        throw new InvalidOperationException((await process.WaitAsync()).Error);
    }
}
