using System.Text.Json;
using Sluice.Testing;

namespace Sluice.Runtime.Tests.Tools;

public sealed class HandlerFailureTests
{
    [Fact]
    public async Task Handler_Throws_GivesMessageAndCodeButNeverTheStack()
    {
        var events = await RunAsync(Sample.Tool("fail", _ => throw new InvalidOperationException("The shelf is locked.")));
        var error = events.Results().ShouldHaveSingleItem().Error!;
        error.Code.ShouldBe("tool_failed");
        error.Message.ShouldBe("'fail' failed: The shelf is locked.");
        events.ToJson().ShouldAllBe(line => !line.Contains("   at ") && !line.Contains("HandlerFailureTests"));
        events.ShouldFinish();
    }

    [Fact]
    public async Task Handler_ThrowsAfterAwaiting_IsTheSame()
    {
        var events = await RunAsync(Sample.Tool("fail", async _ =>
        {
            await Task.Yield();
            throw new InvalidOperationException("Late.");
        }));
        events.Results().ShouldHaveSingleItem().Error!.Message.ShouldBe("'fail' failed: Late.");
        events.ShouldFinish();
    }

    [Fact]
    public async Task Handler_ThrowsACodedError_KeepsItsCode()
    {
        var events = await RunAsync(Sample.Tool("fail", _ => throw new SluiceException("shelf_locked", "Unlock it first.")));
        events.Results().ShouldHaveSingleItem().Error.ShouldBe(new() { Code = "shelf_locked", Message = "Unlock it first." });
        events.ShouldFinish();
    }

    [Fact]
    public async Task Handler_ThrowsCancellationOfItsOwn_IsAFailureNotACancelledRun()
    {
        var events = await RunAsync(Sample.Tool("fail", _ => throw new OperationCanceledException("The query was killed.")));
        events.Results().ShouldHaveSingleItem().Error!.Code.ShouldBe("tool_failed");
        events.ShouldFinish();
    }

    [Fact]
    public async Task Handler_RunsPastItsTimeout_IsCancelledAndTold()
    {
        var time = new ManualTimeProvider();
        var cancelled = new TaskCompletionSource();
        var slow = Sample.Tool("slow", async ctx =>
        {
            ctx.CancellationToken.Register(cancelled.SetResult);
            await Task.Delay(Timeout.InfiniteTimeSpan, ctx.CancellationToken);
            return null;
        }) with
        { Timeout = TimeSpan.FromSeconds(10) };
        await using var runtime = Sample.Scripted(Sample.Agent(slow), options => options.TimeProvider = time);
        var running = runtime.RunAsync(Script.Of(Script.Call("slow"), Script.Text("went on")));
        await time.WaitForTimersAsync(3, TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromSeconds(10));
        var events = await running;
        await cancelled.Task;

        var result = events.Results().ShouldHaveSingleItem();
        result.Error!.Code.ShouldBe("tool_timeout");
        result.Error.Message.ShouldContain("10 seconds");
        result.Error.Message.ShouldContain("may have happened");
        result.DurationMs.ShouldBe(10_000);
        events.Text().ShouldBe("went on");
    }

    [Fact]
    public async Task Handler_IgnoresItsToken_DoesNotHoldTheRunNorSpeakAfterwards()
    {
        var time = new ManualTimeProvider();
        var (release, over) = (new TaskCompletionSource(), new TaskCompletionSource());
        var deaf = Sample.Tool("deaf", async ctx =>
        {
            await release.Task;
            ctx.Progress.Report(new() { Label = "too late" });
            ctx.Emit("late", new { });
            over.SetResult();
            return "done";
        });
        await using var runtime = Sample.Scripted(
            Sample.Agent(deaf), options => (options.TimeProvider, options.Limits) = (time, new() { ToolTimeout = TimeSpan.FromSeconds(1) }));
        var running = runtime.RunAsync(Script.Of(Script.Call("deaf"), Script.Text("went on")));
        await time.WaitForTimersAsync(3, TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromSeconds(1));
        var events = await running;
        release.SetResult();
        await over.Task;

        events.Results().ShouldHaveSingleItem().Error!.Code.ShouldBe("tool_timeout");
        events.ShouldFinish();
        (await runtime.EventsAsync(events[0].RunId).ReadAsync()).ToJson().ShouldBe(events.ToJson());
    }

    [Fact]
    public async Task Handler_CreatesAReferenceAfterItsCallWasGivenUp_IsRefused()
    {
        var time = new ManualTimeProvider();
        var release = new TaskCompletionSource();
        var over = new TaskCompletionSource<Exception?>();
        var kind = Define.Reference("Note", JsonElement.Parse("true"));
        var deaf = Sample.Tool("deaf", async ctx =>
        {
            await release.Task;
            over.SetResult(await Record.ExceptionAsync(async () => await ctx.References.CreateAsync("Note", JsonElement.Parse("1"))));
            return null;
        }) with
        { Timeout = TimeSpan.FromSeconds(1) };
        var spec = Define.Runtime(Sample.Tenant, [Define.Specialist("solo", "m", "You work.", tools: [deaf])], references: [kind]);
        await using var runtime = Sample.Scripted(spec, options => options.TimeProvider = time);
        var running = runtime.RunAsync(Script.Of(Script.Call("deaf"), Script.Text("went on")));
        await time.WaitForTimersAsync(3, TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromSeconds(1));
        var events = await running;
        release.SetResult();
        (await over.Task).ShouldBeOfType<SluiceException>().Code.ShouldBe("cancelled");
        (await runtime.EventsAsync(events[0].RunId).ReadAsync()).ToJson().ShouldBe(events.ToJson());
    }

    [Theory]
    [InlineData("cycle")]
    [InlineData("nan")]
    [InlineData("task")]
    [InlineData("delegate")]
    public async Task Result_WithoutAJsonForm_IsInvalidResult(string what)
    {
        var events = await RunAsync(Sample.Tool("odd", _ => Task.FromResult<object?>(what switch
        {
            "cycle" => Cycle(),
            "nan" => double.NaN,
            "task" => Task.FromResult(1),
            _ => (Action)(() => { }),
        })));
        events.Results().ShouldHaveSingleItem().Error!.Code.ShouldBe("invalid_result");
        events.ShouldFinish();
    }

    private static Dictionary<string, object?> Cycle()
    {
        var cycle = new Dictionary<string, object?>();
        cycle["self"] = cycle;
        return cycle;
    }

    private static async Task<IReadOnlyList<RuntimeEvent>> RunAsync(ToolSpec tool)
    {
        await using var runtime = Sample.Scripted(Sample.Agent(tool));
        return await runtime.RunAsync(Script.Of(Script.Call(tool.Name), Script.Text("went on")));
    }
}
