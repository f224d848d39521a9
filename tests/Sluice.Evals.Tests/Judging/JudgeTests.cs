using Microsoft.Extensions.AI;
using Sluice.Evals.Judging;

namespace Sluice.Evals.Tests.Judging;

/// <summary>What can come of asking a judge: each is told apart, and only a verdict carries a number.</summary>
public sealed class JudgeTests
{
    private static readonly ProviderException Overloaded = new(ErrorCodes.ProviderOverloaded, "Too much to do.");

    [Theory]
    [InlineData(JudgeDesk.Pass, true, 1, "It names 42.")]
    [InlineData(JudgeDesk.Fail, false, 0, "It names no number.")]
    [InlineData("```json\n{\"reason\":\"x\",\"passed\":true,\"selectedRubricScore\":1.0}\n```", true, 1, "x")]
    public async Task Verdict_OnTheMenu_IsScored(string reply, bool passed, int score, string reason)
    {
        var verdict = await JudgeDesk.Of(reply).AskAsync();

        verdict.Status.ShouldBe(ScoreStatus.Scored);
        (verdict.Passed, verdict.SelectedRubricScore, verdict.Reason, verdict.ErrorKind).ShouldBe((passed, score, reason, null));
        (verdict.Model, verdict.Calls).ShouldBe(("judge-1", 1));
        verdict.Usage.ShouldBe(new() { InputTokens = 10, OutputTokens = 2, CacheReadTokens = 4 });
        verdict.Trace.ShouldBeNull();
    }

    [Theory]
    [InlineData("""{"reason":"x","passed":true,"selectedRubricScore":2}""", "off_menu")]
    [InlineData("""{"reason":"x","passed":true,"selectedRubricScore":0.5}""", "off_menu")]
    [InlineData("""{"reason":"x","passed":true,"selectedRubricScore":"1"}""", "off_menu")]
    [InlineData("""{"reason":"x","passed":"maybe","selectedRubricScore":1}""", "off_menu")]
    [InlineData("""{"reason":"x","passed":null,"selectedRubricScore":-1}""", "off_menu")]
    [InlineData("""{"reason":"x","passed":true,"selectedRubricScore":0}""", "contradiction")]
    [InlineData("""{"reason":"x","passed":false,"selectedRubricScore":1}""", "contradiction")]
    public async Task Verdict_OffTheMenu_IsNoVerdictAndIsNotAskedForAgain(string reply, string errorKind)
    {
        var desk = JudgeDesk.Of(reply);

        ShouldCarryNoNumber(await desk.AskAsync(retries: 5), ScoreStatus.OffMenu, errorKind, calls: 1);
    }

    [Theory]
    [InlineData("The answer is fine.")]
    [InlineData("maybe")]
    [InlineData("""{"passed":true,"selectedRubricScore":1}""")]
    [InlineData("""{"reason":"x","passed":true,"selectedRubricScore":1,"confidence":0.6}""")]
    [InlineData("""{"reason":"x","passed":false,"passed":true,"selectedRubricScore":1}""")]
    [InlineData("""{"reason":"x","passed":true,"selectedRubricScore":NaN}""")]
    [InlineData("""{"reason":"x","passed":true,"selectedRubricScore":1} or {"reason":"x","passed":false,"selectedRubricScore":0}""")]
    public async Task Nonsense_IsUnparsableAfterAllRetries(string reply)
    {
        var desk = JudgeDesk.Of(reply, reply, reply);

        ShouldCarryNoNumber(await desk.AskAsync(retries: 2), ScoreStatus.JudgeError, "unparsable", calls: 3);
        desk.Pauses.ShouldBeEmpty();
        desk.Client.Requests.ShouldAllBe(request => request.Messages.Count == 2, "a judge is asked anew, not told what to say");
    }

    [Fact]
    public async Task Nonsense_FollowedByAVerdict_IsTheVerdictAndItsTokensCount()
    {
        var verdict = await JudgeDesk.Of("hm", JudgeDesk.Fail).AskAsync(retries: 1);

        (verdict.Status, verdict.Passed, verdict.Calls).ShouldBe((ScoreStatus.Scored, false, 2));
        verdict.Usage.InputTokens.ShouldBe(20);
    }

    [Fact]
    public async Task Judge_ThatSaysNothing_IsToldApart() =>
        ShouldCarryNoNumber(await JudgeDesk.Of("").AskAsync(), ScoreStatus.JudgeError, "no_text", calls: 1);

    [Fact]
    public async Task Judge_CutOffAtTheTokenLimit_IsUnparsable() => ShouldCarryNoNumber(
        await JudgeDesk.Of(JudgeDesk.Response([new TextContent("{\"reason\":\"It")], ChatFinishReason.Length)).AskAsync(), ScoreStatus.JudgeError, "unparsable", calls: 1);

    [Fact]
    public async Task Refusal_ByTheModelOrAFilter_IsRefusedAndNotAskedAgain()
    {
        ChatResponse[] refusals =
        [
            JudgeDesk.Response([new ErrorContent("I will not judge that.")]),
            JudgeDesk.Response([new TextContent(JudgeDesk.Pass)], ChatFinishReason.ContentFilter),
        ];
        foreach (var refusal in refusals) ShouldCarryNoNumber(await JudgeDesk.Of(refusal).AskAsync(retries: 3), ScoreStatus.Refused, ErrorCodes.ModelRefused, calls: 1);
    }

    [Fact]
    public async Task Outage_ThatPasses_IsWaitedForLongerEachTime()
    {
        var desk = JudgeDesk.Of(Overloaded, new HttpRequestException("No route."), new TimeoutException(), JudgeDesk.Pass);

        var verdict = await desk.AskAsync(retries: 3);

        (verdict.Status, verdict.Calls).ShouldBe((ScoreStatus.Scored, 4));
        desk.Pauses.Select(pause => pause.TotalSeconds).ShouldBe([1, 2, 4]);
    }

    [Fact]
    public async Task Outage_ThatStays_IsAJudgeErrorWithTheProvidersCode() =>
        ShouldCarryNoNumber(await JudgeDesk.Of(Overloaded, Overloaded, Overloaded).AskAsync(retries: 2), ScoreStatus.JudgeError, ErrorCodes.ProviderOverloaded, calls: 3);

    [Fact]
    public async Task Provider_ThatSaysHowLongToWait_IsGivenThatLongUnlessItIsTooLong()
    {
        var desk = JudgeDesk.Of(Limited(7), JudgeDesk.Pass);
        (await desk.AskAsync(retries: 1)).Status.ShouldBe(ScoreStatus.Scored);
        desk.Pauses.ShouldBe([TimeSpan.FromSeconds(7)]);

        ShouldCarryNoNumber(await JudgeDesk.Of(Limited(3600)).AskAsync(retries: 5), ScoreStatus.JudgeError, ErrorCodes.ProviderRateLimited, calls: 1);

        static ProviderException Limited(int seconds) => new(ErrorCodes.ProviderRateLimited, "Slow down.") { RetryAfter = TimeSpan.FromSeconds(seconds) };
    }

    [Fact]
    public async Task Failure_ThatStaysAsItIs_IsNotRetried()
    {
        (Exception Failure, string ErrorKind)[] failures =
        [
            (new ProviderException(ErrorCodes.ProviderAuth, "No."), ErrorCodes.ProviderAuth),
            (new ProviderException(ErrorCodes.ContextTooLong, "Too long."), ErrorCodes.ContextTooLong),
            (new SluiceException(ErrorCodes.NotRecorded, "Not recorded."), ErrorCodes.NotRecorded),
            (new HttpRequestException("No.", null, System.Net.HttpStatusCode.BadRequest), ErrorCodes.ProviderRejected),
            (new NotSupportedException("No such thing."), ErrorCodes.ProviderFailed),
        ];
        foreach (var (failure, errorKind) in failures)
            ShouldCarryNoNumber(await JudgeDesk.Of(failure).AskAsync(retries: 5), ScoreStatus.JudgeError, errorKind, calls: 1);
    }

    [Fact]
    public async Task Timeout_OfTheClient_IsToldApart()
    {
        Exception[] timeouts = [new TimeoutException(), new TaskCanceledException("HttpClient.Timeout"), new ProviderException(ErrorCodes.ProviderTimeout, "Late.")];
        foreach (var timeout in timeouts) ShouldCarryNoNumber(await JudgeDesk.Of(timeout).AskAsync(), ScoreStatus.JudgeError, "timeout", calls: 1);
    }

    [Fact]
    public async Task Client_ThatThereIsNot_IsNoProvider()
    {
        var verdict = await new Judge(null, null, 2, false, TimeProvider.System).AskAsync(JudgeDesk.Scorer, JudgeDesk.Case, new() { Response = "42" }, CancellationToken.None);

        ShouldCarryNoNumber(verdict, ScoreStatus.JudgeError, "no_provider", calls: 0);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(" \n")]
    public async Task Agent_ThatGaveNoAnswer_FailsWithoutAJudge(string? answer)
    {
        var desk = JudgeDesk.Of();

        var verdict = await desk.AskAsync(answer: answer);

        (verdict.Status, verdict.Passed, verdict.SelectedRubricScore).ShouldBe((ScoreStatus.Scored, false, 0));
        (verdict.ErrorKind, verdict.Calls).ShouldBe(("no_answer", 0));
        desk.Client.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Repeats_ThatAgree_AreOneVerdict()
    {
        var verdict = await JudgeDesk.Of(JudgeDesk.Pass, JudgeDesk.Pass, JudgeDesk.Pass).AskAsync(repeats: 3);

        (verdict.Status, verdict.Passed, verdict.Calls).ShouldBe((ScoreStatus.Scored, true, 3));
        verdict.Usage.InputTokens.ShouldBe(30);
    }

    [Fact]
    public async Task Repeats_ThatStraddleTheThreshold_AreNoVerdictAndEndAtTheFirstDisagreement()
    {
        var verdict = await JudgeDesk.Of(JudgeDesk.Fail, JudgeDesk.Fail, JudgeDesk.Pass).AskAsync(repeats: 9);

        ShouldCarryNoNumber(verdict, ScoreStatus.JudgeError, "inconsistent", calls: 3);
        verdict.Reason.ShouldBe("The judge, asked again, says otherwise. It passes: It names 42. It fails: It names no number.");
        verdict.Usage.InputTokens.ShouldBe(30);
    }

    [Fact]
    public async Task Repeats_OfWhichOneFails_AreNoVerdict()
    {
        ShouldCarryNoNumber(await JudgeDesk.Of(JudgeDesk.Pass, Overloaded).AskAsync(repeats: 2), ScoreStatus.JudgeError, ErrorCodes.ProviderOverloaded, calls: 2);
        ShouldCarryNoNumber(
            await JudgeDesk.Of(JudgeDesk.Pass, JudgeDesk.Response([new ErrorContent("No.")])).AskAsync(repeats: 3), ScoreStatus.Refused, ErrorCodes.ModelRefused, calls: 2);
    }

    [Fact]
    public async Task Trace_WhenKept_HasEveryCallInOrder()
    {
        var verdict = await JudgeDesk.Of(Overloaded, "hm", JudgeDesk.Pass).AskAsync(retries: 2, keepTrace: true);

        var trace = verdict.Trace!.Value;
        trace.GetProperty("instructions").GetString()!.ShouldContain("It names the number of boots.");
        trace.GetProperty("material").GetString()!.ShouldContain("There are 42 boots.");
        var calls = trace.GetProperty("calls").EnumerateArray().ToList();
        calls.Count.ShouldBe(3);
        calls[0].GetProperty("failure").GetString().ShouldBe("Too much to do.");
        calls[0].TryGetProperty("answer", out _).ShouldBeFalse();
        calls[1].GetProperty("answer").GetString().ShouldBe("hm");
        calls[1].GetProperty("failure").GetString()!.ShouldContain("not valid");
        calls[2].GetProperty("answer").GetString().ShouldBe(JudgeDesk.Pass);
        calls[2].TryGetProperty("failure", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Cancellation_OfTheCaller_IsNotAVerdict()
    {
        using var stop = new CancellationTokenSource();
        using var client = new Sluice.Testing.FunctionChatClient((_, _, _) =>
        {
            stop.Cancel();
            throw new InvalidOperationException("It was stopped.");
        });
        var judge = new Judge(client, null, 5, false, TimeProvider.System);

        await Should.ThrowAsync<OperationCanceledException>(judge.AskAsync(JudgeDesk.Scorer, JudgeDesk.Case, new() { Response = "42" }, stop.Token));

        client.Requests.Count.ShouldBe(1);
    }

    private static void ShouldCarryNoNumber(JudgeVerdict verdict, ScoreStatus status, string errorKind, int calls)
    {
        (verdict.Status, verdict.ErrorKind, verdict.Calls).ShouldBe((status, errorKind, calls));
        verdict.Passed.ShouldBeNull();
        verdict.SelectedRubricScore.ShouldBeNull();
        verdict.Reason.ShouldNotBeNullOrWhiteSpace();
    }
}
