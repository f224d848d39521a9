using System.Text.Json;
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
        string runId;
        using (var process = _desk.StartScript("--output", "ndjson"))
        {
            runId = (await UntilAsync<ApprovalRequiredEvent>(process)).RunId;
            process.Interrupt();
            var interrupted = await process.WaitAsync();
            interrupted.ExitCode.ShouldBe(130, interrupted.Error);
            interrupted.Error.ShouldContain("sluice: Interrupted.");
            interrupted.Error.ShouldContain($"'sluice run --resume {runId} --spec runtime.json --interpreter scripted --database shop.db' goes on");
        }

        (await _desk.RunAsync("runs", "list", "--tenant-id", "acme", "--state", "waiting")).Lines[1].ShouldStartWith(runId);
        var result = await _desk.RunAsync(
            "runs", "resume", runId, "--spec", RunDesk.Spec, "--database", "shop.db", "--interpreter", "scripted", "--approve", "always");

        result.ExitCode.ShouldBe(0, result.Error);
        result.Out.ShouldBe("There are 3 orders.\n");
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

    private static async Task<TEvent> UntilAsync<TEvent>(SluiceProcess process)
        where TEvent : RuntimeEvent
    {
        while (await process.FirstLineAsync() is { } line)
            if (RuntimeEvent.FromJson(line) is TEvent happened) return happened;
        throw new InvalidOperationException((await process.WaitAsync()).Error);
    }
}
