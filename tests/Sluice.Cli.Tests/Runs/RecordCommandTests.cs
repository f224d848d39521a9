using System.Text.Json;
using Sluice.Cli.Tests.Processes;
using Sluice.Cli.Tests.Run;

namespace Sluice.Cli.Tests.Runs;

/// <summary>What is kept of runs, looked at, decided on and removed by other processes than the one that drives them.</summary>
public sealed class RecordCommandTests : IDisposable
{
    private const string Twice =
        """{"script":[{"tool":"execute_query","args":{"sql":"SELECT 1"}},{"tool":"execute_query","args":{"sql":"SELECT 2"}},{"text":"Done."}]}""";

    private readonly RunDesk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task Show_OfARun_TellsWhereItStandsAndItsEvents()
    {
        var run = await _desk.RunScriptAsync("--approve", "always", "--output", "ndjson");
        var runId = RuntimeEvent.FromJson(run.Lines[0])!.RunId;

        var text = await ShowAsync(runId);
        var json = await ShowAsync(runId, "--output", "json");
        var events = await ShowAsync(runId, "--output", "ndjson");

        text.Lines[..3].ShouldBe([$"run      {runId}", "state    finished", "agent    analyst"]);
        text.Lines.ShouldContain($"events   {run.Lines.Length}");
        JsonElement.Parse(json.Out).GetProperty("run").GetProperty("state").GetString().ShouldBe("finished");
        events.Lines.ShouldBe(run.Lines);
    }

    [Fact]
    public async Task Show_OfARunThatIsNotThere_SaysWhoseRunsWereLookedAt()
    {
        await _desk.RunScriptAsync("--approve", "always");

        var result = await ShowAsync("run-1");

        result.ExitCode.ShouldBe(1);
        result.Error.ShouldBe("sluice: Tenant 'acme' has no run 'run-1'. (run_not_found)\n");
    }

    [Fact]
    public async Task Prune_RemovesRunsThatEndedLongEnoughAgoAndLeavesThoseThatWait()
    {
        await _desk.RunScriptAsync("--approve", "always");
        using (var waiting = _desk.StartScript("--output", "ndjson"))
        {
            while (await waiting.FirstLineAsync() is { } line && RuntimeEvent.FromJson(line) is not ApprovalRequiredEvent)
            {
            }

            (await PruneAsync("1")).Out.ShouldStartWith("Removed: 0 runs,");
            (await PruneAsync("0")).Out.ShouldStartWith("Removed: 1 run, 1 approval request, 0 plans,");
        }

        (await _desk.RunAsync("runs", "list", "--tenant-id", "acme", "--output", "ndjson")).Lines.ShouldHaveSingleItem().ShouldContain("\"waiting\"");
    }

    [Theory]
    [InlineData("run", 1)]
    [InlineData("arguments", 2)]
    public async Task Respond_WithAGrant_ApprovesLaterCallsAsFarAsItReaches(string grant, int decisions)
    {
        _desk.Write("script.json", Twice);
        using var process = _desk.StartScript("--output", "ndjson");
        var answered = 0;
        var lines = new List<RuntimeEvent>();
        while (await process.FirstLineAsync() is { } line)
        {
            lines.Add(RuntimeEvent.FromJson(line)!);
            if (lines[^1] is not ApprovalRequiredEvent asked) continue;
            answered++;
            var result = await _desk.RunAsync("approvals", "respond", asked.Id, "approve", "--grant", grant, "--feedback", "Go on.", "--tenant-id", "acme");
            result.ExitCode.ShouldBe(0, result.Error);
        }

        (await process.WaitAsync()).ExitCode.ShouldBe(0);
        answered.ShouldBe(decisions);
        lines.OfType<TextEvent>().Single().Text.ShouldBe("Done.");
    }

    [Theory]
    [InlineData("{", 2, "--partial is no JSON")]
    [InlineData("{}", 1, "Only plans can be edited")]
    public async Task Respond_WithAPartialThatTheRequestCannotTake_DecidesNothing(string partial, int exitCode, string problem)
    {
        using var process = _desk.StartScript("--output", "ndjson");
        ApprovalRequiredEvent? asked = null;
        while (asked is null && await process.FirstLineAsync() is { } line) asked = RuntimeEvent.FromJson(line) as ApprovalRequiredEvent;

        var result = await _desk.RunAsync("approvals", "respond", asked!.Id, "approve", "--partial", partial, "--tenant-id", "acme");

        result.ExitCode.ShouldBe(exitCode, result.Out + result.Error);
        result.Error.ShouldContain(problem);
        (await _desk.RunAsync("approvals", "list", "--tenant-id", "acme")).Lines[1].ShouldStartWith(asked.Id);
    }

    [Fact]
    public async Task Requests_NewestFirst_AreTheOthersTurnedRound()
    {
        _desk.Write("script.json", Twice);
        (await _desk.RunScriptAsync("--approve", "always")).ExitCode.ShouldBe(0);

        var oldest = await _desk.RunAsync("approvals", "list", "--all", "--tenant-id", "acme", "--output", "ndjson");
        var newest = await _desk.RunAsync("approvals", "list", "--all", "--newest", "--tenant-id", "acme", "--output", "ndjson");
        var last = await _desk.RunAsync("approvals", "list", "--all", "--newest", "--limit", "1", "--tenant-id", "acme", "--output", "ndjson");

        oldest.Lines.Length.ShouldBe(2);
        newest.Lines.ShouldBe(Enumerable.Reverse(oldest.Lines));
        last.Lines.ShouldBe([oldest.Lines[1]]);
    }

    private Task<CommandResult> ShowAsync(string runId, params IReadOnlyList<string> more) => _desk.RunAsync(["runs", "show", runId, "--tenant-id", "acme", .. more]);

    private async Task<CommandResult> PruneAsync(string days)
    {
        var result = await _desk.RunAsync("runs", "prune", "--older-than-days", days, "--tenant-id", "acme");
        result.ExitCode.ShouldBe(0, result.Error);
        return result;
    }
}
