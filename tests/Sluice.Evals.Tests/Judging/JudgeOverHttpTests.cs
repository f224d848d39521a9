using Microsoft.Extensions.AI;
using Sluice.Evals.Judging;
using Sluice.ModelServer;
using Sluice.ModelServer.Anthropic;
using Sluice.Testing;

namespace Sluice.Evals.Tests.Judging;

/// <summary>The same over HTTP, with the client and in the bytes of a provider.</summary>
public sealed class JudgeOverHttpTests
{
    private const string Model = "claude-judge";

    [Fact]
    public async Task Verdict_OfAProvider_IsScored()
    {
        await using var server = await LocalModelServer.StartAsync(request => AnthropicResponses.To(new(request), ServedTurn.OfText(JudgeDesk.Pass)));

        var verdict = await AskAsync(server, retries: 0);

        (verdict.Status, verdict.Passed, verdict.Calls).ShouldBe((ScoreStatus.Scored, true, 1));
        verdict.Model.ShouldBe(Model);
        verdict.Usage.TotalTokens.ShouldBe(15);
        var body = server.Requests.ShouldHaveSingleItem().Body;
        body.GetProperty("model").GetString().ShouldBe(Model);
        body.GetProperty("output_config").GetProperty("format").GetProperty("schema").GetProperty("required").GetArrayLength().ShouldBe(3);
    }

    [Fact]
    public async Task Outage_OfAProvider_IsAJudgeErrorAfterRetriesAndPassesWhenItPasses()
    {
        await using var down = await LocalModelServer.StartAsync(_ => AnthropicResponses.Error(503, "overloaded_error", "Overloaded."));
        var verdict = await AskAsync(down, retries: 2);
        (verdict.Status, verdict.ErrorKind, verdict.Passed, verdict.Calls).ShouldBe((ScoreStatus.JudgeError, ErrorCodes.ProviderOverloaded, null, 3));
        down.Count.ShouldBe(3);

        await using var back = await LocalModelServer.StartAsync(request => request.Number < 3
            ? AnthropicResponses.Error(503, "overloaded_error", "Overloaded.")
            : AnthropicResponses.To(new(request), ServedTurn.OfText(JudgeDesk.Fail)));
        verdict = await AskAsync(back, retries: 2);
        (verdict.Status, verdict.Passed, verdict.Calls).ShouldBe((ScoreStatus.Scored, false, 3));
    }

    [Fact]
    public async Task Provider_ThatCannotBeReached_IsAJudgeError()
    {
        var server = await LocalModelServer.StartAsync(_ => throw new InvalidOperationException("It is gone."));
        var address = server.Address;
        await server.DisposeAsync();

        var verdict = await AskAsync(address, retries: 0, new SkippingTime());

        (verdict.Status, verdict.ErrorKind).ShouldBe((ScoreStatus.JudgeError, ErrorCodes.ProviderUnavailable));
    }

    [Fact]
    public async Task Nonsense_OfAProvider_IsUnparsable()
    {
        await using var server = await LocalModelServer.StartAsync(request => AnthropicResponses.To(new(request), ServedTurn.OfText("Looks good to me!")));

        var verdict = await AskAsync(server, retries: 1);

        (verdict.Status, verdict.ErrorKind, verdict.Passed, verdict.Calls).ShouldBe((ScoreStatus.JudgeError, "unparsable", null, 2));
        verdict.Usage.TotalTokens.ShouldBe(30);
    }

    [Fact]
    public async Task Refusal_OfAProvider_IsRefused()
    {
        var refusal = ServedTurn.OfText("No.") with { StopReason = "refusal" };
        await using var server = await LocalModelServer.StartAsync(request => AnthropicResponses.To(new(request), refusal));

        var verdict = await AskAsync(server, retries: 1);

        (verdict.Status, verdict.ErrorKind, verdict.Passed, verdict.Calls).ShouldBe((ScoreStatus.Refused, ErrorCodes.ModelRefused, null, 1));
    }

    [Fact]
    public async Task Answer_ThatStopsComing_IsATimeoutAndTheCallIsLeft()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await LocalModelServer.StartAsync(request =>
        {
            asked.SetResult();
            return AnthropicResponses.To(new(request), ServedTurn.OfText(JudgeDesk.Pass)) with { Pace = new() { StallAfter = 40 } };
        });
        var time = new ManualTimeProvider();
        var asking = AskAsync(server.Address, retries: 0, time);
        await asked.Task;
        await time.WaitForTimersAsync(1, CancellationToken.None);

        time.Advance(Judge.CallTimeout);

        var verdict = await asking;
        (verdict.Status, verdict.ErrorKind, verdict.Passed, verdict.Calls).ShouldBe((ScoreStatus.JudgeError, "timeout", null, 1));
        await server.IdleAsync(CancellationToken.None);
        time.ActiveTimers.ShouldBe(0);
    }

    private static Task<JudgeVerdict> AskAsync(LocalModelServer server, int retries) => AskAsync(server.Address, retries, new SkippingTime());

    private static async Task<JudgeVerdict> AskAsync(Uri address, int retries, TimeProvider time)
    {
        using var client = new AnthropicModelProvider().CreateClient(new() { ApiKey = "sk-planted-0123456789", BaseUrl = address });
        return await new Judge(client, Model, retries, false, time)
            .AskAsync(JudgeDesk.Scorer, JudgeDesk.Case, new() { Response = "There are 42 boots." }, CancellationToken.None);
    }
}
