using Sluice.Testing;

namespace Sluice.Runtime.Tests.Runs;

public sealed class ThreadTurnTests
{
    private readonly List<string> _order = [];
    private readonly Dictionary<string, TaskCompletionSource> _release = [];
    private readonly Dictionary<string, TaskCompletionSource> _entered = [];

    public ThreadTurnTests()
    {
        foreach (var name in new[] { "a", "b", "c", "d", "e", "f", "g", "h" }) (_release[name], _entered[name]) = (new(), new());
    }

    [Fact]
    public async Task Runs_OnOneThread_GoOneAfterTheOtherInTheOrderOfStarting()
    {
        await using var runtime = Sample.Scripted(Sample.Agent(Hold()));
        var runs = new List<RunHandle>();
        foreach (var name in _release.Keys) runs.Add(await StartAsync(runtime, name));
        await _entered["a"].Task;
        _entered.Values.Count(entered => entered.Task.IsCompleted).ShouldBe(1);
        foreach (var release in _release.Values.Reverse()) release.SetResult();
        foreach (var run in runs) (await run.Completion).ShouldBeOfType<FinishEvent>();
        _order.ShouldBe(_release.Keys);
        var ordinals = new List<int>();
        foreach (var run in runs) ordinals.Add((await runtime.GetRunAsync(run.RunId))!.ThreadOrdinal);
        ordinals.ShouldBe(Enumerable.Range(1, runs.Count));
    }

    [Fact]
    public async Task Runs_OnSeveralThreads_DoNotWaitForEachOther()
    {
        await using var runtime = Sample.Scripted(Sample.Agent(Hold()));
        var one = await StartAsync(runtime, "a", "t-1");
        var other = await StartAsync(runtime, "b", "t-2");
        await Task.WhenAll(_entered["a"].Task, _entered["b"].Task);
        _release["b"].SetResult();
        await other.Completion;
        _release["a"].SetResult();
        await one.Completion;
        _order.ShouldBe(["b", "a"]);
    }

    [Fact]
    public async Task Run_CancelledInLine_LetsTheNextOnePass()
    {
        await using var runtime = Sample.Scripted(Sample.Agent(Hold()));
        var first = await StartAsync(runtime, "a");
        var second = await StartAsync(runtime, "b");
        var third = await StartAsync(runtime, "c");
        await _entered["a"].Task;
        await second.CancelAsync();
        (await second.Events.ReadAsync()).ShouldFinish(FinishReason.Cancelled);
        _release["a"].SetResult();
        _release["c"].SetResult();
        await Task.WhenAll(first.Completion, third.Completion);
        _order.ShouldBe(["a", "c"]);
    }

    [Fact]
    public async Task BusyThread_Refused_SaysSoAndIsRetryable()
    {
        await using var runtime = Sample.Scripted(Sample.Agent(Hold()), options => options.BusyThread = BusyThread.Refuse);
        var first = await StartAsync(runtime, "a");
        // At once: the first may not even have begun.
        var refusal = await Should.ThrowAsync<SluiceException>(() => StartAsync(runtime, "b"));
        (refusal.Code, refusal.Retryable).ShouldBe(("thread_busy", true));
        refusal.Message.ShouldContain("'t-1'");
        _release["a"].SetResult();
        await first.Completion;
        (await runtime.ListRunsAsync()).Count.ShouldBe(1);
        _release["c"].SetResult();
        (await (await StartAsync(runtime, "c")).Completion).ShouldBeOfType<FinishEvent>();
    }

    [Fact]
    public async Task BusyThread_ManyStartedAtOnce_ExactlyOneGoes()
    {
        await using var runtime = Sample.Scripted(Sample.Agent(Hold()), options => options.BusyThread = BusyThread.Refuse);
        var started = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(async () =>
        {
            try
            {
                return await StartAsync(runtime, "a");
            }
            catch (SluiceException)
            {
                return null;
            }
        })));
        var winner = started.Where(run => run is not null).ShouldHaveSingleItem()!;
        _release["a"].SetResult();
        await winner.Completion;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task WaitingRun_AlsoWhenSuspended_HoldsItsThreadToItsEnd(bool suspended)
    {
        var time = new ManualTimeProvider();
        var gated = Hold() with { Name = "gated", Approval = Approval.Always };
        await using var runtime = Sample.Scripted(Sample.Agent(Hold(), gated), options => options.TimeProvider = time);
        var first = await StartAsync(runtime, "a", tool: "gated");
        await first.Events.FirstAsync(e => e is ApprovalRequiredEvent);
        if (suspended)
        {
            await first.SuspendAsync(time);
            (await first.Completion).ShouldBeOfType<FinishEvent>().FinishReason.ShouldBe(FinishReason.Suspended);
        }

        var second = await StartAsync(runtime, "b");
        _release["b"].SetResult();
        await runtime.RespondToApprovalAsync((await runtime.ListApprovalsAsync())[0].Id, ApprovalOutcome.Approve);
        await _entered["a"].Task;
        // Decided and running again: the second still waits.
        _entered["b"].Task.IsCompleted.ShouldBeFalse();
        (await runtime.GetRunAsync(second.RunId))!.ThreadOrdinal.ShouldBe(0);
        _release["a"].SetResult();
        (await second.Completion).ShouldBeOfType<FinishEvent>().FinishReason.ShouldBe(FinishReason.Stop);
        _order.ShouldBe(["a", "b"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task WaitingRun_AlsoWhenSuspended_MakesItsThreadBusy(bool suspended)
    {
        var time = new ManualTimeProvider();
        var gated = Hold() with { Name = "gated", Approval = Approval.Always };
        await using var runtime = Sample.Scripted(
            Sample.Agent(gated), options => (options.TimeProvider, options.BusyThread) = (time, BusyThread.Refuse));
        var first = await StartAsync(runtime, "a", tool: "gated");
        await first.Events.FirstAsync(e => e is ApprovalRequiredEvent);
        if (suspended)
        {
            await first.SuspendAsync(time);
            await first.Completion;
        }

        (await Should.ThrowAsync<SluiceException>(() => StartAsync(runtime, "b"))).Code.ShouldBe("thread_busy");
        await runtime.RespondToApprovalAsync((await runtime.ListApprovalsAsync())[0].Id, ApprovalOutcome.Approve);
        await _entered["a"].Task;
        (await Should.ThrowAsync<SluiceException>(() => StartAsync(runtime, "b"))).Code.ShouldBe("thread_busy");
        _release["a"].SetResult();
        await runtime.EventsAsync(first.RunId).ReadAsync();
    }

    [Fact]
    public async Task SuspendedRun_Cancelled_GivesItsThreadFree()
    {
        var time = new ManualTimeProvider();
        var gated = Hold() with { Name = "gated", Approval = Approval.Always };
        await using var runtime = Sample.Scripted(Sample.Agent(Hold(), gated), options => options.TimeProvider = time);
        var first = await StartAsync(runtime, "a", tool: "gated");
        await first.Events.FirstAsync(e => e is ApprovalRequiredEvent);
        await first.SuspendAsync(time);
        await first.Completion;
        _release["b"].SetResult();
        var second = await StartAsync(runtime, "b");
        await runtime.CancelAsync(first.RunId);
        (await second.Completion).ShouldBeOfType<FinishEvent>().FinishReason.ShouldBe(FinishReason.Stop);
    }

    private static Task<RunHandle> StartAsync(AgentRuntime runtime, string name, string thread = "t-1", string tool = "hold") =>
        runtime.StartAsync(new() { Prompt = Script.Of(Script.Call(tool, new { text = name })), ThreadId = thread });

    /// <summary>A tool that goes on when its text's turn comes.</summary>
    private ToolSpec Hold() => Define.Tool<TextArguments, string>("hold", "Waits.", async (args, ctx) =>
    {
        _entered[args.Text].TrySetResult();
        await _release[args.Text].Task.WaitAsync(ctx.CancellationToken);
        lock (_order) _order.Add(args.Text);
        return args.Text;
    });
}
