using Sluice.Testing;

namespace Sluice.Runtime.Tests.Providers;

public sealed class StalledStreamTests
{
    private static readonly ModelSpec Model = new() { Id = "m", Provider = "a" };

    [Fact]
    public async Task Stream_SilentForTooLong_IsStartedAnew()
    {
        var time = new ManualTimeProvider();
        var silent = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var client = LiveTeam.Client((call, token) => call == 1 ? LiveTeam.Stall("half", silent, token) : LiveTeam.Say("whole"));
        await using var runtime = LiveTeam.Create(LiveTeam.Spec(Model), client, configure: options => (options.TimeProvider, options.ModelCalls) =
            (time, LiveTeam.Impatient with { IdleTimeout = TimeSpan.FromSeconds(20) }));
        var run = await WatchedRun.StartAsync(runtime, "go");
        await SilentAsync(run, silent, time);
        time.Advance(TimeSpan.FromSeconds(20));
        var events = await run.EndedAsync();
        events.ShouldFinish();
        events.OfType<RetryEvent>().Single().Reason.ShouldBe("provider_timeout: Provider 'a' was silent for 20 seconds.");
        events.Text().ShouldBe("halfwhole");
    }

    [Fact]
    public async Task Call_LongerThanItsProvidersTimeout_IsStartedAnew()
    {
        var time = new ManualTimeProvider();
        var silent = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var client = LiveTeam.Client((call, token) => call == 1 ? LiveTeam.Stall("half", silent, token) : LiveTeam.Say("whole"));
        var spec = LiveTeam.Spec(Model) with { Providers = new Dictionary<string, ProviderSpec> { ["a"] = new() { Kind = "custom", Timeout = TimeSpan.FromSeconds(5) } } };
        await using var runtime = LiveTeam.Create(spec, client, configure: options => options.TimeProvider = time);
        var run = await WatchedRun.StartAsync(runtime, "go");
        await SilentAsync(run, silent, time);
        time.Advance(TimeSpan.FromSeconds(5));
        var events = await run.EndedAsync();
        events.ShouldFinish();
        events.OfType<RetryEvent>().Single().Reason.ShouldContain("longer than the 5 seconds of its timeoutMs");
    }

    [Fact]
    public async Task Turn_LongerThanItsTotalTime_Fails()
    {
        var time = new ManualTimeProvider();
        var silent = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var client = LiveTeam.Client((_, token) => LiveTeam.Stall("half", silent, token));
        await using var runtime = LiveTeam.Create(LiveTeam.Spec(Model), client, configure: options => (options.TimeProvider, options.ModelCalls) =
            (time, LiveTeam.Impatient with { TotalTimeout = TimeSpan.FromSeconds(30) }));
        var run = await WatchedRun.StartAsync(runtime, "go");
        await SilentAsync(run, silent, time);
        time.Advance(TimeSpan.FromSeconds(30));
        (await run.EndedAsync()).ShouldFail(ErrorCodes.ProviderTimeout);
    }

    [Fact]
    public async Task Cancel_OfASilentStream_EndsTheRunAsCancelled()
    {
        var silent = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var client = LiveTeam.Client((_, token) => LiveTeam.Stall("half", silent, token));
        await using var runtime = LiveTeam.Create(LiveTeam.Spec(Model), client);
        var run = await WatchedRun.StartAsync(runtime, "go");
        await silent.Task;
        await runtime.CancelAsync(run.RunId);
        (await run.EndedAsync()).ShouldFinish(FinishReason.Cancelled);
    }

    [Fact]
    public async Task MaxConcurrency_OfAProvider_IsNeverExceededAndEveryRunEnds()
    {
        const int Allowed = 3;
        var (open, most) = (0, 0);
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var client = LiveTeam.Client((_, _) => CountedAsync());
        var spec = LiveTeam.Spec(Model) with { Providers = new Dictionary<string, ProviderSpec> { ["a"] = new() { Kind = "custom", MaxConcurrency = Allowed } } };
        await using var runtime = LiveTeam.Create(spec, client);
        var runs = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => runtime.RunAsync("go")));
        runs.ShouldAllBe(events => events.Text() == "done");
        most.ShouldBe(Allowed);

        async IAsyncEnumerable<Microsoft.Extensions.AI.ChatResponseUpdate> CountedAsync()
        {
            var now = Interlocked.Increment(ref open);
            for (var seen = Volatile.Read(ref most); now > seen; seen = Volatile.Read(ref most)) Interlocked.CompareExchange(ref most, now, seen);
            if (now == Allowed) all.TrySetResult();
            // Nobody leaves before all places were taken once.
            await all.Task;
            Interlocked.Decrement(ref open);
            yield return new(Microsoft.Extensions.AI.ChatRole.Assistant, "done");
        }
    }

    /// <summary>Waits until the stream is silent and its timer runs.</summary>
    private static async Task SilentAsync(WatchedRun run, TaskCompletionSource silent, ManualTimeProvider time)
    {
        await silent.Task;
        // What came is told only when the next piece is not there yet, and the timer was set before.
        await run.UntilAsync(events => events.Text() == "half");
        await time.WaitForTimersAsync(1, TestContext.Current.CancellationToken);
    }
}
