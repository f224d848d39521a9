using System.Text.Json;

namespace Sluice.Cli.Tests.Eval;

public sealed class EvalRunTests : IDisposable
{
    private readonly EvalDesk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task Run_WhereEveryCasePasses_EndsWithZeroAndShowsThemAll()
    {
        var result = await _desk.RunEvalAsync(_desk.Dataset, "run");

        result.ExitCode.ShouldBe(0, result.Error);
        result.Error.ShouldStartWith("clerk: 3 cases, 2 samples each; scripts answer, since every case has one; --interpreter live asks models.\n");
        result.Error.ShouldContain("caviar #2: passed with 1.00");
        result.Lines[0].ShouldMatch(@"^CASE\s+RESULT\s+SAMPLES\s+SCORE\s+WHAT IS MISSING$");
        result.Lines[1].ShouldMatch(@"^tea\s+passed\s+2/2\s+1\.00$");
        result.Out.ShouldContain("Passed: 3 of 3 cases, 6 of 6 samples (100 %, 95 % interval 61 % to 100 %).");
        result.Out.ShouldContain("Scored 6 of 6 planned samples.");
        result.Lines[^1].ShouldBe($"Artifact: {_desk.PathOf("run/artifact.json")}");
    }

    [Fact]
    public async Task Run_WhereACaseFails_EndsWithThreeAndSaysWhatItLacks()
    {
        var dataset = _desk.Write("other.yaml", "units: 5 } }]\n    finalResponse", "units: 6 } }]\n    finalResponse");

        var result = await _desk.RunEvalAsync(dataset, "run");

        result.ExitCode.ShouldBe(3, result.Error);
        result.Lines[3].ShouldMatch(@"^order\s+failed\s+0/2\s+0\.00\s+trajectory: no order, order too many$");
        result.Out.ShouldContain("Failed (quality): 2 of 3 cases, 4 of 6 samples");
    }

    [Fact]
    public async Task Run_WhereARequiredScorerFails_NamesIt()
    {
        var result = await _desk.RunEvalAsync(_desk.Write("other.yaml", "pattern: ordered", "pattern: sold out"), "run");

        result.ExitCode.ShouldBe(3);
        result.Lines[3].ShouldContain("response: done (");
    }

    [Fact]
    public async Task Run_WithSamplesThatCouldNotBeRun_EndsWithFour()
    {
        var result = await _desk.RunEvalAsync(_desk.Write("other.yaml", "{ text: 6 tins are left. }", "{ txt: 6 tins are left. }"), "run");

        result.ExitCode.ShouldBe(4, result.Error);
        result.Lines[2].ShouldMatch(@"^caviar\s+no score\s+0/2\s+not run to its end, .*no script");
        result.Out.ShouldContain("Failed (infrastructure)");
        result.Out.ShouldContain("Scored 4 of 6 planned samples: 2 could not be run to their end, 0 got no verdict of their judge.");
    }

    [Fact]
    public async Task Run_AsJson_IsTheArtifact()
    {
        var result = await _desk.RunEvalAsync(_desk.Dataset, "run", "--output", "json");

        result.ExitCode.ShouldBe(0, result.Error);
        result.Error.ShouldBeEmpty();
        result.Out.TrimEnd('\n').ShouldBe(File.ReadAllText(_desk.PathOf("run/artifact.json")));
        (await EvalArtifact.ReadAsync(_desk.PathOf("run"), TestContext.Current.CancellationToken)).Cases.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Run_AsEvents_WritesEnvelopesInOrder()
    {
        var result = await _desk.RunEvalAsync(_desk.Dataset, "run", "--output", "ndjson", "--samples", "1");

        result.ExitCode.ShouldBe(0, result.Error);
        var envelopes = result.Lines.Select(line => JsonElement.Parse(line)).ToList();
        envelopes.Select(envelope => envelope.GetProperty("sequence").GetInt64()).ShouldBe(Enumerable.Range(1, envelopes.Count).Select(number => (long)number));
        envelopes.Select(envelope => envelope.GetProperty("type").GetString()).ShouldBe(
            ["started", .. Enumerable.Repeat<string[]>(["sample_started", "sample_completed", "case_completed", "progress"], 3).SelectMany(types => types), "completed"]);
        envelopes[2].GetProperty("data").GetProperty("result").GetProperty("scores").GetProperty("score").GetDouble().ShouldBe(1);
    }

    [Fact]
    public async Task Run_WithAChoiceOfCases_RunsThoseAlone()
    {
        (await CasesOfAsync("a", "--case", "order", "--case", "tea")).ShouldBe(["tea", "order"]);
        (await CasesOfAsync("b", "--tag", "stock", "--tag", "order", "--skip-tag", "quick")).ShouldBe(["caviar", "order"]);
        (await CasesOfAsync("c", "--skip-tag", "stock", "--skip-tag", "unheard-of")).ShouldBe(["order"]);
    }

    [Fact]
    public async Task Run_WithOptionsOfTheConfig_IsRunByThem()
    {
        var path = await _desk.ArtifactOfAsync(_desk.Dataset, "run", "--samples", "3", "--concurrency", "2", "--judge-model", "gpt-5", "--approvals", "reject", "--case", "order");

        var artifact = await EvalArtifact.ReadAsync(path, TestContext.Current.CancellationToken);
        artifact.Config.ShouldBe(artifact.Config with { SamplesPerCase = 3, Concurrency = 2, Model = "gpt-5", Approvals = EvalApprovals.Reject });
        artifact.Cases.Single().Samples.Count.ShouldBe(3);
        artifact.Cases.Single().Samples[0].Output!.Trajectory.Single().Error!.Message.ShouldContain("reject", Case.Insensitive);
    }

    [Fact]
    public async Task Run_WithoutAFolder_MakesANewOneForEachEval()
    {
        var first = await Processes.SluiceProcess.RunAsync(_desk.Folder, "eval", "run", _desk.Dataset, "--app", ClerkApp.PathOf(nameof(ClerkApp.App)), "--case", "tea");
        await Processes.SluiceProcess.RunAsync(_desk.Folder, "eval", "run", _desk.Dataset, "--app", ClerkApp.PathOf(nameof(ClerkApp.App)), "--case", "tea");

        first.ExitCode.ShouldBe(0, first.Error);
        first.Lines[^1].ShouldMatch(@"^Artifact: \.sluice/evals/clerk/\d{8}-\d{6}-[0-9a-f]{6}/artifact\.json$");
        Directory.GetFiles(Path.Combine(_desk.Folder, ".sluice/evals/clerk"), "artifact.json", SearchOption.AllDirectories).Length.ShouldBe(2);
    }

    [Fact]
    public async Task Run_OfADatasetThatNamesItsApp_NeedsNone()
    {
        var dataset = _desk.Write("own.yaml", "name: clerk", $"name: clerk\napp: \"{Path.GetRelativePath(_desk.Folder, ClerkApp.PathOf(nameof(ClerkApp.App)))}\"");

        (await _desk.RunAsync("run", dataset, "--out", _desk.PathOf("run"), "--case", "tea")).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task Run_WithReports_WritesThemToo()
    {
        var result = await _desk.RunEvalAsync(
            _desk.Dataset, "run", "--junit", _desk.PathOf("results.xml"), "--html", _desk.PathOf("results.html"), "--markdown", _desk.PathOf("results.md"));

        result.ExitCode.ShouldBe(0, result.Error);
        System.Xml.Linq.XDocument.Load(_desk.PathOf("results.xml")).Descendants("testcase").Select(test => (string?)test.Attribute("name")).ShouldBe(["tea", "caviar", "order"]);
        File.ReadAllText(_desk.PathOf("results.html")).ShouldContain("caviar");
        File.ReadAllText(_desk.PathOf("results.md")).ShouldContain("caviar");
        foreach (var file in (string[])["results.xml", "results.html", "results.md"]) result.Error.ShouldContain($"Wrote {_desk.PathOf(file)}\n");
    }

    [Fact]
    public async Task Resume_OfAnEvalThatEnded_RunsNothingAgain()
    {
        await _desk.RunEvalAsync(_desk.Dataset, "run");

        var result = await _desk.RunEvalAsync(_desk.Dataset, "run", "--resume");

        result.ExitCode.ShouldBe(0, result.Error);
        result.Error.ShouldContain("6 of 6 samples ended before, and are not run again.");
        result.Error.ShouldNotContain("#1:");
        result.Out.ShouldContain("6 of 6 samples");
    }

    [Fact]
    public async Task Resume_OfAnotherDataset_IsRefused()
    {
        await _desk.RunEvalAsync(_desk.Dataset, "run");

        var result = await _desk.RunEvalAsync(_desk.Write("other.yaml", "Order 5 packets", "Order 6 packets"), "run", "--resume");

        result.ExitCode.ShouldBe(1);
        result.Error.ShouldContain("The folder holds an eval with cases of hash ");
    }

    private async Task<IReadOnlyList<string>> CasesOfAsync(string folder, params IReadOnlyList<string> choice)
    {
        var path = await _desk.ArtifactOfAsync(_desk.Dataset, folder, choice);
        return [.. (await EvalArtifact.ReadAsync(path, TestContext.Current.CancellationToken)).Cases.Select(result => result.Case.Id)];
    }
}
