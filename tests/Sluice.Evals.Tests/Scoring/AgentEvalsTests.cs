using System.Runtime.CompilerServices;
using System.Text.Json;
using Sluice.Evals.Artifacts;

namespace Sluice.Evals.Tests.Scoring;

public sealed class AgentEvalsTests
{
    public static TheoryData<string, TrajectoryMode> Same => Rows("same.json");

    public static TheoryData<string, TrajectoryMode> Ours => Rows("ours.json");

    [Theory]
    [MemberData(nameof(Same))]
    public void PublishedCase_HasTheSameVerdict(string name, TrajectoryMode mode)
    {
        var published = Find("same.json", name);

        IsGood(published, mode).ShouldBe(published.Verdicts[mode]);
    }

    [Theory]
    [MemberData(nameof(Ours))]
    public void CaseThatMeansSomethingElseByDesign_HasOurVerdict(string name, TrajectoryMode mode)
    {
        var published = Find("ours.json", name);

        IsGood(published, mode).ShouldBe(published.Verdicts[mode]);
    }

    [Fact]
    public void CasesThatDiffer_DifferInAtLeastOneMode() =>
        Read("ours.json").ShouldAllBe(entry => entry.Verdicts.Any(verdict => entry.Theirs![verdict.Key] != verdict.Value));

    private static bool IsGood(PublishedCase published, TrajectoryMode mode) => Scorer.Score(
        Define.TestCase("published", "…", published.Expected, mode), new() { Trajectory = published.Actual }, ScorerPreset.TrajectoryOnly).Passed;

    private static TheoryData<string, TrajectoryMode> Rows(string file) =>
        [.. Read(file).SelectMany(entry => entry.Verdicts.Keys.Select(mode => new TheoryDataRow<string, TrajectoryMode>(entry.Name, mode)))];

    private static PublishedCase Find(string file, string name) => Read(file).Single(entry => entry.Name == name);

    private static PublishedCase[] Read(string file, [CallerFilePath] string here = "") => JsonSerializer.Deserialize<PublishedCase[]>(
        File.ReadAllBytes(Path.Combine(Path.GetDirectoryName(here)!, "agentevals", file)), EvalJson.Options)!;

    private sealed record PublishedCase(
        string Name,
        string Origin,
        IReadOnlyList<ExpectedCall> Expected,
        IReadOnlyList<TrajectoryCall> Actual,
        IReadOnlyDictionary<TrajectoryMode, bool> Verdicts,
        IReadOnlyDictionary<TrajectoryMode, bool>? Theirs = null);
}
