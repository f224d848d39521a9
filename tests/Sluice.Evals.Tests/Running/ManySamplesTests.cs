using Sluice.Testing;

namespace Sluice.Evals.Tests.Running;

public sealed class ManySamplesTests
{
    private const int Cases = 100;
    private const int SamplesPerCase = 10;
    private const int Concurrency = 32;
    private const int FirstThatHangs = Cases - 3;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ThousandSamples_WithFailingToolsAndTimeouts_AreAllAccountedFor()
    {
        using var folder = new TemporaryFolder();
        await using var storage = SqliteStorage.Open(folder.PathOf("runs.db"));
        var desk = new Desk();
        await using var runtime = desk.Open(storage);
        var time = new ManualTimeProvider();
        var config = Desk.Config(SamplesPerCase, Concurrency);
        var request = Desk.Request([.. Enumerable.Range(0, Cases).Select(Create)], config, folder.PathOf("eval")) with { TimeProvider = time };
        var hanging = (Cases - FirstThatHangs) * SamplesPerCase;
        var isTimeUp = false;

        await foreach (var envelope in runtime.StreamEvalAsync(request, Token))
        {
            if (isTimeUp || envelope.Data is not EvalProgressData { Done: var done } || done != 1000 - hanging) continue;
            await desk.HangingAsync(hanging);
            time.Advance(TimeSpan.FromMilliseconds(config.Limits.SampleTimeoutMs));
            isTimeUp = true;
        }

        var artifact = await EvalArtifact.ReadAsync(folder.PathOf("eval"), Token);
        isTimeUp.ShouldBeTrue();
        artifact.Summary.Totals.ShouldBe(new()
        {
            Cases = Cases,
            PassedCases = 68,
            Planned = 1000,
            Scored = 1000,
            Passed = 680,
            Failed = 320,
            Errored = 0,
            Unjudged = 0,
        });
        artifact.Summary.Verdict.ShouldBe(EvalVerdict.FailedQuality);
        foreach (var (index, result) in artifact.Cases.Index())
        {
            result.Samples.Select(sample => sample.Sample).ShouldBe(Enumerable.Range(1, SamplesPerCase));
            result.Samples.ShouldAllBe(sample => IsAsExpected(index, sample));
        }

        artifact.Cases.SelectMany(result => result.Samples).Select(sample => sample.ThreadId).Distinct().Count().ShouldBe(1000);
    }

    /// <summary>Seven of ten cases pass, in three a tool fails, and the last three of all hang, all at once.</summary>
    private static TestCase Create(int index) => index switch
    {
        >= FirstThatHangs => Desk.Case($"case-{index}", [Desk.Call("look"), Desk.Call("hang")], "look"),
        _ when Fails(index) => Desk.Case($"case-{index}", [Desk.Call("fail"), Script.Text("It failed.")], "look"),
        _ => Desk.Case($"case-{index}", [Desk.Call("look", $"item-{index}"), Script.Text($"Seen {index}.")], "look"),
    };

    private static bool IsAsExpected(int index, SampleResult sample) => index switch
    {
        >= FirstThatHangs => !sample.Scores!.Passed && sample.Error!.Code == ErrorCodes.SampleTimeout && sample.Output!.Trajectory.Count == 2,
        _ when Fails(index) => !sample.Scores!.Passed && sample.Output!.Trajectory[0].Error!.Code == ErrorCodes.ToolFailed,
        _ => sample.Scores!.Passed && sample.Output!.Response == $"Seen {index}.",
    };

    private static bool Fails(int index) => index % 10 is 3 or 6 or 9;
}
