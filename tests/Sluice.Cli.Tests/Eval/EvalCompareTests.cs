using System.Text.Json;

namespace Sluice.Cli.Tests.Eval;

public sealed class EvalCompareTests : IDisposable
{
    private readonly EvalDesk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task Compare_WithARegression_EndsWithThreeAndNamesTheCase()
    {
        var (good, bad) = await RunBothAsync();

        var result = await _desk.RunAsync("compare", good, bad);

        result.ExitCode.ShouldBe(3, result.Error);
        result.Lines[1].ShouldMatch(@"^order\s+regressed\s+1\.00\s+0\.50\s+trajectory 1\.00 → 0\.00$");
        result.Out.ShouldContain("3 cases, 2 unchanged.");
        result.Out.ShouldContain("Regression: order passed and no longer does.");
        result.Out.ShouldNotContain("caviar");
    }

    [Fact]
    public async Task Compare_WithAnImprovement_EndsWithZero()
    {
        var (good, bad) = await RunBothAsync();

        var result = await _desk.RunAsync("compare", Path.GetDirectoryName(bad)!, Path.GetDirectoryName(good)!);

        result.ExitCode.ShouldBe(0, result.Error);
        result.Lines[1].ShouldMatch(@"^order\s+improved\s+0\.50\s+1\.00\s");
        result.Out.ShouldContain("No regression.");
    }

    [Fact]
    public async Task Compare_ThatIsNotToFail_EndsWithZero()
    {
        var (good, bad) = await RunBothAsync();

        var result = await _desk.RunAsync("compare", good, bad, "--fail-on-regression=false");

        result.ExitCode.ShouldBe(0, result.Error);
        result.Out.ShouldContain("Regression: order");
        (await _desk.RunAsync("compare", good, bad, "--fail-on-regression")).ExitCode.ShouldBe(3);
    }

    [Fact]
    public async Task Compare_WithSamplesThatHaveNoScore_EndsWithFour()
    {
        var good = await _desk.ArtifactOfAsync(_desk.Dataset, "good");
        var broken = await _desk.ArtifactOfAsync(_desk.Dataset, "broken", "--interpreter", "scripted");
        var artifact = await EvalArtifact.ReadAsync(broken, TestContext.Current.CancellationToken);
        var withoutScore = artifact.Cases[0].Samples[0] with { Scores = null, Error = new() { Code = ErrorCodes.ProviderUnavailable, Message = "Nobody answers." } };
        var cases = artifact.Cases.ToList();
        cases[0] = cases[0] with { Score = null, Passed = false, Scored = 1, PassedSamples = 1, Samples = [withoutScore, cases[0].Samples[1]] };
        await (artifact with { Cases = cases, Summary = artifact.Summary with { Verdict = EvalVerdict.FailedInfrastructure } }).WriteAsync(broken, TestContext.Current.CancellationToken);

        var result = await _desk.RunAsync("compare", good, broken);

        result.ExitCode.ShouldBe(4, result.Error);
        result.Lines[1].ShouldMatch(@"^tea\s+not comparable\s+1\.00\s+The candidate has samples without a score\.$");
        result.Out.ShouldContain("The candidate has samples without a score; their cases are not compared.");
    }

    [Fact]
    public async Task Compare_AsJsonAndEvents_TellsTheSame()
    {
        var (good, bad) = await RunBothAsync();

        var document = JsonElement.Parse((await _desk.RunAsync("compare", good, bad, "--output", "json")).Out);
        var events = (await _desk.RunAsync("compare", good, bad, "--output", "ndjson")).Lines.Select(line => JsonElement.Parse(line)).ToList();

        document.GetProperty("cases").GetArrayLength().ShouldBe(3);
        document.GetProperty("regressions")[0].GetString().ShouldBe("order");
        events.Select(line => line.GetProperty("type").GetString()).ShouldBe(["case", "case", "case", "completed"]);
        events[2].GetProperty("change").GetString().ShouldBe("regressed");
        events[3].GetProperty("hasRegression").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Compare_WithMarkdown_WritesIt()
    {
        var (good, bad) = await RunBothAsync();

        var result = await _desk.RunAsync("compare", good, bad, "--markdown", _desk.PathOf("comparison.md"));

        result.ExitCode.ShouldBe(3, result.Error);
        File.ReadAllText(_desk.PathOf("comparison.md")).ShouldContain("order");
    }

    [Fact]
    public async Task Report_OfAnArtifact_WritesTheFilesThatAreAskedFor()
    {
        var path = await _desk.ArtifactOfAsync(_desk.Dataset, "run");

        var result = await _desk.RunAsync("report", Path.GetDirectoryName(path)!, "--junit", _desk.PathOf("a.xml"), "--html", _desk.PathOf("a.html"));

        result.ExitCode.ShouldBe(0, result.Error);
        result.Out.ShouldBeEmpty();
        File.ReadAllText(_desk.PathOf("a.xml")).ShouldContain("<testsuite");
        File.ReadAllText(_desk.PathOf("a.html")).ShouldContain("<html");
    }

    [Fact]
    public async Task Report_WithoutAFile_ShowsWhatTheRunShowed()
    {
        var run = await _desk.RunEvalAsync(_desk.Dataset, "run");

        var result = await _desk.RunAsync("report", _desk.PathOf("run"));

        result.ExitCode.ShouldBe(0, result.Error);
        result.Out.ShouldBe(run.Out);
        (await _desk.RunAsync("report", _desk.PathOf("run"), "--output", "json")).Out.ShouldBe(File.ReadAllText(_desk.PathOf("run/artifact.json")) + "\n");
    }

    /// <summary>The artifacts of two evals: one where all is well, and one where 'order' no longer passes.</summary>
    private async Task<(string Good, string Bad)> RunBothAsync()
    {
        var dataset = _desk.Write("loose.yaml", "expectedTrajectory: [look_up]\n    ", "");
        return (
            await _desk.ArtifactOfAsync(dataset, "good"),
            await _desk.ArtifactOfAsync(dataset, "bad", "--app", ClerkApp.PathOf(nameof(ClerkApp.Idle)), "--interpreter", "app"));
    }
}
