using Sluice.Cli.Tests.Processes;
using Sluice.ModelServer;
using Sluice.ModelServer.Anthropic;
using Sluice.TestServers;

namespace Sluice.Cli.Tests.Eval;

/// <summary>Evals by the program itself: interrupted, and with models behind their protocol.</summary>
public sealed class EvalProcessTests : IDisposable
{
    private const string Key = "sk-ant-planted";
    private const string Judge = "claude-opus-4-8";

    private readonly EvalDesk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task Interrupt_OfAnEval_KeepsWhatEndedAndSaysHowToGoOn()
    {
        if (InterruptSignal.MissingReason is { } reason) Assert.Skip(reason);
        await File.WriteAllTextAsync(_desk.PathOf(ClerkApp.StuckFile), "", TestContext.Current.CancellationToken);
        using (var process = Start([], "--out", "run", "--output", "ndjson"))
        {
            while (await process.FirstLineAsync() is { } line && !line.Contains("\"type\":\"sample_started\",\"data\":{\"caseId\":\"caviar\"", StringComparison.Ordinal))
            {
            }

            process.Interrupt();
            var interrupted = await process.WaitAsync();
            interrupted.ExitCode.ShouldBe(130);
            interrupted.Error.ShouldContain("sluice: Interrupted.\nhint: samples that ended are kept; the same command with '--resume --out run' goes on");
        }

        File.Delete(_desk.PathOf(ClerkApp.StuckFile));
        using var again = Start([], "--out", "run", "--resume");
        var result = await again.WaitAsync();

        result.ExitCode.ShouldBe(0, result.Error);
        result.Error.ShouldContain("2 of 6 samples ended before, and are not run again.");
        result.Error.ShouldNotContain("tea #");
        result.Out.ShouldContain("6 of 6 samples");
    }

    [Fact]
    public async Task Record_OfModels_IsReplayedWithoutAServerOrAKey()
    {
        await using (var server = await LocalModelServer.StartAsync(Respond))
        {
            using var process = Start(Variables(server), "--case", "tea", "--interpreter", "record:tea.jsonl", "--out", "live");
            var live = await process.WaitAsync();

            live.ExitCode.ShouldBe(0, live.Error);
            live.Error.ShouldContain("clerk: 1 case, 2 samples each; models answer, and are recorded in tea.jsonl.");
            live.Out.ShouldMatch(@"Agents: \d+ tokens in, 20 out, \$0\.\d+\.");
            (live.Out + live.Error).ShouldNotContain(Key);
            server.Count.ShouldBe(4);
        }

        using var again = Start(new() { ["ANTHROPIC_API_KEY"] = null }, "--case", "tea", "--interpreter", "replay:tea.jsonl", "--out", "replayed");
        var replayed = await again.WaitAsync();

        replayed.ExitCode.ShouldBe(0, replayed.Error);
        foreach (var file in Directory.EnumerateFiles(_desk.Folder, "*", SearchOption.AllDirectories)) (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).ShouldNotContain(Key);
        var compared = await _desk.RunAsync("compare", _desk.PathOf("live"), _desk.PathOf("replayed"));
        compared.ExitCode.ShouldBe(0, compared.Error);
        compared.Out.ShouldContain("1 case, 1 unchanged.");
    }

    [Theory]
    [InlineData("""{"passed": true, "selectedRubricScore": 1, "reason": "It is polite."}""", 0, "passed")]
    [InlineData("""{"passed": false, "selectedRubricScore": 0, "reason": "It is rude."}""", 3, "response: polite (It is rude.)")]
    [InlineData("No idea.", 4, "response: polite has no verdict (unparsable)")]
    [InlineData(null, 4, "response: polite has no verdict (provider_auth)")]
    public async Task Judge_OfALiveEval_DecidesOrIsToldApart(string? verdict, int exitCode, string shown)
    {
        await using var server = await LocalModelServer.StartAsync(request => new AnthropicRequest(request) is var read && read.Model != Judge ? Respond(request)
            : verdict is null ? AnthropicResponses.Error(401, "authentication_error", "invalid x-api-key")
            : AnthropicResponses.To(read, ServedTurn.OfText(verdict)));
        var dataset = _desk.Write("judged.yaml", "[{ type: contains, id: units, text: \"3\" }]", "[{ type: judge, id: polite, criteria: The answer is polite. }]");
        using var process = SluiceProcess.Start(
            _desk.Folder, Variables(server), "eval", "run", dataset, "--app", ClerkApp.PathOf(nameof(ClerkApp.App)), "--case", "tea", "--samples", "1", "--interpreter", "live",
            "--judge-model", Judge);

        var result = await process.WaitAsync();

        result.ExitCode.ShouldBe(exitCode, result.Error + result.Out);
        result.Lines[1].ShouldContain(shown);
    }

    [Fact]
    public async Task Live_WithoutAKey_SaysWhatToSet()
    {
        using var process = Start(new() { ["ANTHROPIC_API_KEY"] = null }, "--interpreter", "live");

        var result = await process.WaitAsync();

        result.ExitCode.ShouldBe(1);
        result.Error.ShouldContain("ANTHROPIC_API_KEY");
    }

    [Fact]
    public async Task Case_OfARun_IsADatasetThatTheAppPasses()
    {
        var app = ClerkApp.PathOf(nameof(ClerkApp.Kept));
        await SluiceProcess.RunAsync(_desk.Folder, "eval", "run", _desk.Dataset, "--app", app, "--case", "order", "--samples", "1", "--out", "first");
        var first = await EvalArtifact.ReadAsync(_desk.PathOf("first"), TestContext.Current.CancellationToken);

        var made = await SluiceProcess.RunAsync(_desk.Folder, "eval", "case", first.Cases[0].Samples[0].TraceId!, "--app", app, "--id", "as-it-was");

        made.ExitCode.ShouldBe(0, made.Error);
        var testCase = EvalDataset.Parse(made.Out).Cases.Single();
        testCase.Id.ShouldBe("as-it-was");
        testCase.ExpectedTrajectory!.Single().Name.ShouldBe("order");
        _desk.WriteText("made.json", made.Out);
        var again = await SluiceProcess.RunAsync(
            _desk.Folder, "eval", "run", "made.json", "--app", app, "--interpreter", "scripted", "--out", "again");
        again.ExitCode.ShouldBe(0, again.Error + again.Out);
        (await SluiceProcess.RunAsync(_desk.Folder, "eval", "case", "run-nowhere", "--app", app)).Error.ShouldContain("(run_not_found)");
    }

    private static ServedResponse Respond(ModelRequest request)
    {
        var read = new AnthropicRequest(request);
        return AnthropicResponses.To(read, read.AssistantTurns == 0
            ? ServedTurn.OfCalls(new ServedCall("call-1", "look_up", System.Text.Json.JsonElement.Parse("""{"article":"tea"}""")))
            : ServedTurn.OfText("3 packets are left."));
    }

    private static Dictionary<string, string?> Variables(LocalModelServer server) => new()
    {
        ["ANTHROPIC_BASE_URL"] = server.Address.ToString(),
        ["ANTHROPIC_API_KEY"] = Key,
    };

    private SluiceProcess Start(Dictionary<string, string?> variables, params IReadOnlyList<string> options) => SluiceProcess.Start(
        _desk.Folder, variables, ["eval", "run", _desk.Dataset, "--app", ClerkApp.PathOf(nameof(ClerkApp.App)), .. options]);
}
