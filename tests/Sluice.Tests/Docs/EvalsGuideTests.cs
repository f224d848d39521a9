using Sluice.Tests.Snippets;

namespace Sluice.Tests.Docs;

public sealed class EvalsGuideTests
{
    private static readonly SampleOutput Output = new() { Response = "Fjord 40 in the north: 2 left." };

    [Fact]
    public void JudgedCase_WithAndWithoutAVerdict_ReadsAsThePageSays()
    {
        var (testCase, config) = EvalsGuide.Judged();
        JudgeVerdict verdict = new() { Status = ScoreStatus.Scored, Passed = false, SelectedRubricScore = 0, Reason = "2 has no source." };
        JudgeVerdict outage = new() { Status = ScoreStatus.JudgeError, ErrorKind = ErrorCodes.ProviderOverloaded, Reason = "Too much to do." };

        var judged = Scorer.Score(testCase, Output, config, new Dictionary<string, JudgeVerdict> { ["sources"] = verdict });
        EvalsGuide.Read(judged).ShouldBe(["names-it: 1. ", "sources: 0. 2 has no source."]);
        judged.Score.ShouldBe(0.5);

        var unjudged = Scorer.Score(testCase, Output, config, new Dictionary<string, JudgeVerdict> { ["sources"] = outage });
        EvalsGuide.Read(unjudged).ShouldBe(["names-it: 1. ", "sources: no verdict, provider_overloaded. Too much to do."]);
        (unjudged.Status, unjudged.Score, unjudged.Passed).ShouldBe((ScoreStatus.JudgeError, null, false));
    }

    [Fact]
    public void Gate_OfAnEvalThatLostACase_NamesItAndFails()
    {
        using var output = new StringWriter();

        EvalsGuide.Gate(Artifact(1, 1), Artifact(1, 0), output).ShouldBe(3);

        output.ToString().ReplaceLineEndings("\n").ShouldBe("-0.500 [-1.000, 0.000], p = 0.520\nb passed and no longer does.\n");
        EvalsGuide.Gate(Artifact(1, 0), Artifact(1, 1), TextWriter.Null).ShouldBe(0);
    }

    private static EvalArtifact Artifact(params double[] scores) => new()
    {
        EvalRunId = "eval-1",
        Config = new() { SamplesPerCase = 1 },
        DatasetName = "shop",
        DatasetHash = "0",
        Environment = new() { SluiceVersion = "0.1.0", Runtime = ".NET", OperatingSystem = "Linux", Tenant = "acme@v1", Models = new Dictionary<string, string>() },
        StartedAt = DateTimeOffset.UnixEpoch,
        EndedAt = DateTimeOffset.UnixEpoch,
        Summary = new()
        {
            Verdict = EvalVerdict.FailedQuality,
            Totals = new() { Cases = 2, PassedCases = 1, Planned = 2, Scored = 2, Passed = 1, Failed = 1, Errored = 0, Unjudged = 0 },
            PassAtK = new Dictionary<int, double>(),
            PassHatK = new Dictionary<int, double>(),
            Components = new Dictionary<string, double>(),
            Usage = TokenUsage.Zero,
            JudgeUsage = TokenUsage.Zero,
        },
        Cases = [.. scores.Select((score, at) => Case($"{(char)('a' + at)}", score))],
    };

    private static CaseResult Case(string id, double score) => new()
    {
        Case = Define.TestCase(id, "Do it.", expectedTrajectory: []),
        Passed = score > 0.5,
        Score = score,
        RepeatThreshold = 0.5,
        Scored = 1,
        PassedSamples = score > 0.5 ? 1 : 0,
        Samples =
        [
            new()
            {
                CaseId = id,
                Sample = 1,
                Scores = new() { Status = ScoreStatus.Scored, Score = score, Passed = score > 0.5, Components = [] },
                ModelInvocations = [],
                Usage = TokenUsage.Zero,
                LatencyMs = 1,
                StartedAt = DateTimeOffset.UnixEpoch,
            },
        ],
    };
}
