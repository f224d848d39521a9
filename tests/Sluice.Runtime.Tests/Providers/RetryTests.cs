using Microsoft.Extensions.AI;
using Sluice.Runtime.Tests.Events;
using Sluice.Testing;

namespace Sluice.Runtime.Tests.Providers;

public sealed class RetryTests
{
    private static readonly ModelSpec Model = new() { Id = "m", Provider = "a" };
    private static readonly ModelSpec WithFallback = Model with { Fallbacks = [new() { Id = "n", Provider = "b" }] };

    [Theory]
    [InlineData(ErrorCodes.ProviderRateLimited)]
    [InlineData(ErrorCodes.ProviderOverloaded)]
    [InlineData(ErrorCodes.ProviderUnavailable)]
    [InlineData(ErrorCodes.ProviderTimeout)]
    public async Task Call_FailedInAWayThatMayPass_IsMadeAgain(string code)
    {
        var client = LiveTeam.Client((call, _) => call < 3 ? LiveTeam.Fail(code) : LiveTeam.Say("done"));
        await using var runtime = LiveTeam.Create(LiveTeam.Spec(Model), client);
        var events = await runtime.RunAsync("go");
        events.ShouldFinish();
        events.Text().ShouldBe("done");
        events.OfType<RetryEvent>().Select(retry => (retry.Provider, retry.Attempt)).ShouldBe([("a", 2), ("a", 3)]);
        events.OfType<RetryEvent>().ShouldAllBe(retry => retry.Reason.StartsWith(code));
    }

    [Theory]
    [InlineData(ErrorCodes.ProviderAuth)]
    [InlineData(ErrorCodes.ProviderRejected)]
    [InlineData(ErrorCodes.ContextTooLong)]
    public async Task Call_FailedForGood_IsNotRepeatedAndEndsTheRunWithItsCode(string code)
    {
        var client = LiveTeam.Client((_, _) => LiveTeam.Fail(code));
        await using var runtime = LiveTeam.Create(LiveTeam.Spec(Model), client);
        (await runtime.RunAsync("go")).ShouldFail(code);
        client.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Call_FailedUpToTheLastAttempt_EndsTheRunWithItsCodeAndSaysThatItMayPass()
    {
        var client = LiveTeam.Client((_, _) => LiveTeam.Fail(ErrorCodes.ProviderOverloaded));
        await using var runtime = LiveTeam.Create(LiveTeam.Spec(Model), client);
        (await runtime.RunAsync("go")).ShouldFail(ErrorCodes.ProviderOverloaded).Retryable.ShouldBeTrue();
        client.Requests.Count.ShouldBe(4);
    }

    [Fact]
    public async Task Stream_BrokenOff_StartsAnewAndSaysThatWhatCameBeforeIsVoid()
    {
        var model = new Typewriter();
        await using var runtime = LiveTeam.Create(LiveTeam.Spec(Model), model.Client);
        var run = await WatchedRun.StartAsync(runtime, "go");
        model.Type(new TextContent("half an ans"));
        await run.UntilAsync(soFar => soFar.Text().Length > 0);
        model.Fail(new IOException("The connection was closed."));
        await run.UntilAsync(soFar => soFar.OfType<RetryEvent>().Any());
        model.Type(new TextContent("the answer"));
        model.End();
        var events = await run.EndedAsync();
        events.ShouldFinish();
        var retry = events.ToList().FindIndex(e => e is RetryEvent);
        events.Take(retry).Text().ShouldBe("half an ans");
        events.Skip(retry).Text().ShouldBe("the answer");
        events.OfType<StepStartEvent>().ShouldHaveSingleItem();
        (await runtime.EventsAsync(events[0].RunId).ReadAsync()).ToJson().ShouldBe(events.ToJson());
        (await runtime.EventsAsync(run.RunId, retry).FirstAsync()).ToJson().ShouldBe(events[retry].ToJson());
    }

    [Fact]
    public async Task Stream_BrokenOffAfterAToolCall_RunsTheCallOnce()
    {
        var ran = 0;
        var tool = Sample.Tool("act", _ => Task.FromResult<object?>(Interlocked.Increment(ref ran)));
        var client = LiveTeam.Client((call, token) => call switch
        {
            1 => LiveTeam.Say([FunctionChatClient.Call("c1", "act")], new IOException("gone"), token),
            2 => LiveTeam.Say([FunctionChatClient.Call("c1", "act")], cancellationToken: token),
            _ => LiveTeam.Say("done"),
        });
        await using var runtime = LiveTeam.Create(LiveTeam.Spec(Model, tool), client);
        var events = await runtime.RunAsync("go");
        events.ShouldFinish();
        ran.ShouldBe(1);
        events.OfType<ToolInvocationEvent>().Count(e => e.State == InvocationState.Call).ShouldBe(1);
    }

    [Fact]
    public async Task Fallback_AfterTheLastAttempt_AnswersUnderItsOwnModel()
    {
        var first = LiveTeam.Client((_, _) => LiveTeam.Fail(ErrorCodes.ProviderOverloaded));
        var second = FunctionChatClient.Replies("from b");
        await using var runtime = LiveTeam.Create(LiveTeam.Spec(WithFallback), first, second);
        var events = await runtime.RunAsync("go");
        events.ShouldFinish();
        events.Text().ShouldBe("from b");
        first.Requests.Count.ShouldBe(4);
        second.Requests.ShouldHaveSingleItem().Options!.ModelId.ShouldBe("n");
        events.OfType<CostSummaryEvent>().Single().Models.Single().Name.ShouldBe("n");
    }

    [Theory]
    [InlineData(ErrorCodes.ProviderAuth)]
    [InlineData(ErrorCodes.ProviderRejected)]
    public async Task Fallback_OfAModelThatCannotBeUsed_IsTriedAtOnce(string code)
    {
        var first = LiveTeam.Client((_, _) => LiveTeam.Fail(code));
        await using var runtime = LiveTeam.Create(LiveTeam.Spec(WithFallback), first, FunctionChatClient.Replies("from b"));
        (await runtime.RunAsync("go")).Text().ShouldBe("from b");
        first.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Fallback_AfterAnUnknownFailure_IsTried()
    {
        var first = LiveTeam.Client((_, _) => throw new InvalidOperationException("a bug"));
        await using var runtime = LiveTeam.Create(LiveTeam.Spec(WithFallback), first, FunctionChatClient.Replies("from b"));
        (await runtime.RunAsync("go")).Text().ShouldBe("from b");
    }

    [Fact]
    public async Task RetryAfter_LongerThanTheBackoff_IsWaitedFor()
    {
        var time = new ManualTimeProvider();
        var began = time.GetUtcNow();
        var again = DateTimeOffset.MinValue;
        var timers = 0;
        var client = LiveTeam.Client((call, _) =>
        {
            (again, timers) = (time.GetUtcNow(), time.ActiveTimers);
            return call == 1 ? LiveTeam.Fail(ErrorCodes.ProviderRateLimited, TimeSpan.FromSeconds(40)) : LiveTeam.Say("done");
        });
        await using var runtime = LiveTeam.Create(LiveTeam.Spec(Model), client, configure: options => options.TimeProvider = time);
        var run = await WatchedRun.StartAsync(runtime, "go");
        var retry = (await run.UntilAsync(events => events.OfType<RetryEvent>().Any())).OfType<RetryEvent>().Single();
        retry.DelayMs.ShouldBe(40_000);
        await time.WaitForTimersAsync(timers + 1, TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromSeconds(39));
        client.Requests.Count.ShouldBe(1);
        time.Advance(TimeSpan.FromSeconds(1));
        (await run.EndedAsync()).ShouldFinish();
        (again - began).ShouldBe(TimeSpan.FromSeconds(40));
    }

    [Fact]
    public async Task RetryAfter_LongerThanTheTurnHas_GoesToTheFallbackAtOnce()
    {
        var first = LiveTeam.Client((_, _) => LiveTeam.Fail(ErrorCodes.ProviderRateLimited, TimeSpan.FromHours(1)));
        await using var runtime = LiveTeam.Create(LiveTeam.Spec(WithFallback), first, FunctionChatClient.Replies("from b"));
        (await runtime.RunAsync("go")).Text().ShouldBe("from b");
        first.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task RetryAfter_OfOneCall_HoldsBackTheOthersToo()
    {
        var first = LiveTeam.Client((_, _) => LiveTeam.Fail(ErrorCodes.ProviderRateLimited, TimeSpan.FromHours(1)));
        await using var runtime = LiveTeam.Create(LiveTeam.Spec(Model), first);
        (await runtime.RunAsync("go")).ShouldFail(ErrorCodes.ProviderRateLimited);
        (await runtime.RunAsync("go")).ShouldFail(ErrorCodes.ProviderRateLimited).Message.ShouldContain("left alone");
        first.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Cancel_DuringThePause_EndsTheRunAsCancelled()
    {
        var time = new ManualTimeProvider();
        var client = LiveTeam.Client((_, _) => LiveTeam.Fail(ErrorCodes.ProviderOverloaded));
        await using var runtime = LiveTeam.Create(
            LiveTeam.Spec(Model), client, configure: options => (options.TimeProvider, options.ModelCalls) = (time, new()));
        var run = await WatchedRun.StartAsync(runtime, "go");
        await run.UntilAsync(events => events.OfType<RetryEvent>().Any());
        await runtime.CancelAsync(run.RunId);
        (await run.EndedAsync()).ShouldFinish(FinishReason.Cancelled);
        client.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Key_RepeatedInAnErrorOfTheProvider_ReachesNobody()
    {
        const string Secret = "sk-planted-0123456789";
        var client = LiveTeam.Client((_, token) => LiveTeam.Say([], new ProviderException(ErrorCodes.ProviderAuth, $"Bad header {Secret}."), token));
        var spec = LiveTeam.Spec(Model) with
        {
            Providers = new Dictionary<string, ProviderSpec> { ["a"] = new() { Kind = "custom", Headers = new Dictionary<string, string> { ["x-api-key"] = Secret } } },
        };
        await using var runtime = LiveTeam.Create(spec, client);
        var events = await runtime.RunAsync("go");
        events.ShouldFail(ErrorCodes.ProviderAuth).Message.ShouldContain("***");
        string.Join('\n', events.ToJson()).ShouldNotContain(Secret);
        (await Office.JournalTextAsync(runtime)).ShouldNotContain(Secret);
    }

    [Fact]
    public async Task Failure_ThatIsTooLongForAnEvent_IsToldByItsBeginning()
    {
        var client = LiveTeam.Client((_, token) => LiveTeam.Say([], new ProviderException(ErrorCodes.ProviderRejected, $"It says: {new string('x', 100_000)}"), token));
        await using var runtime = LiveTeam.Create(LiveTeam.Spec(Model), client);
        var message = (await runtime.RunAsync("go")).ShouldFail(ErrorCodes.ProviderRejected).Message;
        message.ShouldStartWith("It says: xxx");
        message.Length.ShouldBeLessThan(2_100);
    }

    [Fact]
    public async Task Resume_OfATurnThatWasBeingStreamed_SaysThatItIsTakenAgain()
    {
        var storage = MemoryStorage.Create();
        var silent = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var client = LiveTeam.Client((call, token) => call == 1 ? LiveTeam.Stall("half", silent, token) : LiveTeam.Say("whole"));
        string runId;
        await using (var stopped = LiveTeam.Create(LiveTeam.Spec(Model), client, configure: options => options.Storage = storage))
        {
            var run = await WatchedRun.StartAsync(stopped, "go");
            runId = run.RunId;
            await run.UntilAsync(events => events.Text() == "half");
        }

        await using var runtime = LiveTeam.Create(LiveTeam.Spec(Model), client, configure: options => options.Storage = storage);
        (await runtime.ResumeAsync(runId).ReadToEndAsync()).ShouldFinish();
        var events = await runtime.EventsAsync(runId).ReadAsync();
        var retry = events.ToList().FindIndex(e => e is RetryEvent);
        events[retry].ShouldBeOfType<RetryEvent>().Provider.ShouldBeNull();
        events.Take(retry).Text().ShouldBe("half");
        events.Skip(retry).Text().ShouldBe("whole");
        events.OfType<StepStartEvent>().ShouldHaveSingleItem();
    }
}
