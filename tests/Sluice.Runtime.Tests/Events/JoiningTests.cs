using Sluice.Testing;

namespace Sluice.Runtime.Tests.Events;

public sealed class JoiningTests
{
    [Fact]
    public async Task EventsAsync_AfterTheEnd_IsWhatTheLiveReaderSaw()
    {
        await using var runtime = Sample.Scripted(Team());
        var live = await runtime.RunAsync(Nested());
        var late = await runtime.EventsAsync(live[0].RunId).ReadAsync();
        late.ToJson().ShouldBe(live.ToJson());
        late.ShouldBe(live, new EventEquality());
    }

    [Fact]
    public async Task EventsAsync_FromEverySequence_GivesTheRest()
    {
        await using var runtime = Sample.Scripted(Team());
        var live = await runtime.RunAsync(Nested());
        for (var after = 0; after < live.Count; after++)
        {
            var rest = await runtime.EventsAsync(live[0].RunId, after).ToListAsync();
            EventRules.CheckTail(rest, after);
            rest.ToJson().ShouldBe(live.Skip(after).ToJson());
        }

        (await runtime.EventsAsync(live[0].RunId, live.Count).ToListAsync()).ShouldBeEmpty();
        (await runtime.EventsAsync(live[0].RunId, long.MaxValue).ToListAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task EventsAsync_JoinedAtEveryMomentWhileTheRunGoesOn_GivesTheSameStream()
    {
        var gate = new SemaphoreSlim(0);
        var step = Sample.Tool("step", async _ =>
        {
            await gate.WaitAsync();
            return null;
        });
        await using var runtime = Sample.Scripted(Sample.Agent(step));
        var run = await runtime.StartAsync(new() { Prompt = Script.Of(Enumerable.Repeat(Script.Call("step"), 20)) });
        var readers = new List<Task<List<RuntimeEvent>>>();
        for (var joined = 0; joined < 20; joined++)
        {
            readers.Add(Task.Run(async () => await runtime.EventsAsync(run.RunId).ToListAsync()));
            readers.Add(Task.Run(async () => await run.EventsAsync(afterSequence: joined * 2).ToListAsync()));
            gate.Release();
        }

        await run.Completion;
        var whole = await runtime.EventsAsync(run.RunId).ReadAsync();
        foreach (var reader in readers)
        {
            var events = await reader;
            events.ToJson().ShouldBe(whole.Skip((int)events[0].Sequence - 1).ToJson());
        }
    }

    [Fact]
    public async Task Reader_FarBehind_LosesNothingAndHoldsNobodyUp()
    {
        const int Count = 5000;
        var noisy = Sample.Tool("noisy", ctx =>
        {
            for (var n = 0; n < Count; n++) ctx.Emit("n", new { n });
            return Task.FromResult<object?>(null);
        });
        await using var runtime = Sample.Scripted(Sample.Agent(noisy));
        var run = await runtime.StartAsync(new() { Prompt = Script.Of(Script.Call("noisy"), Script.Call("noisy")) });
        await using var slow = run.EventsAsync().GetAsyncEnumerator();
        await slow.MoveNextAsync();
        var events = new List<RuntimeEvent> { slow.Current };
        await run.Completion;
        while (await slow.MoveNextAsync()) events.Add(slow.Current);
        EventRules.Check(events);
        events.OfType<CustomEvent>().Select(e => e.Data.GetProperty("n").GetInt32())
            .ShouldBe([.. Enumerable.Range(0, Count), .. Enumerable.Range(0, Count)]);
    }

    [Fact]
    public async Task Owner_FarBehind_LosesNothing()
    {
        var noisy = Sample.Tool("noisy", ctx =>
        {
            for (var n = 0; n < 3000; n++) ctx.Emit("n", new { n });
            return Task.FromResult<object?>(null);
        });
        await using var runtime = Sample.Scripted(Sample.Agent(noisy));
        var events = new List<RuntimeEvent>();
        await foreach (var e in runtime.QueryAsync(Script.Of(Script.Call("noisy"), Script.Text("ok"))))
        {
            if (e is ToolInvocationEvent { State: InvocationState.Call })
            {
                // Falls behind by more than the live tail is followed for.
                while ((await runtime.GetRunAsync(e.RunId))!.LastEvent < 2500) await Task.Yield();
            }

            events.Add(e);
        }

        EventRules.Check(events);
        events.OfType<CustomEvent>().Count().ShouldBe(3000);
    }

    [Fact]
    public async Task StartAsync_NobodyReads_RunsToItsEnd()
    {
        await using var runtime = Sample.Scripted(Sample.Agent(Sample.Echo));
        var run = await runtime.StartAsync(new() { Prompt = Script.Of(Script.Call("echo", new { text = "a" }), Script.Text("ok")), ThreadId = "t-1" });
        run.ThreadId.ShouldBe("t-1");
        (await run.Completion).ShouldBeOfType<FinishEvent>().FinishReason.ShouldBe(FinishReason.Stop);
        (await runtime.GetRunAsync(run.RunId))!.State.ShouldBe(RunState.Finished);
        (await run.Events.ReadAsync()).Text().ShouldBe("ok");
    }

    [Fact]
    public async Task Reader_ThatLeaves_DoesNotStopAStartedRun()
    {
        var release = new TaskCompletionSource();
        var step = Sample.Tool("step", async _ =>
        {
            await release.Task;
            return null;
        });
        await using var runtime = Sample.Scripted(Sample.Agent(step));
        var run = await runtime.StartAsync(new() { Prompt = Script.Of(Script.Call("step")) });
        await foreach (var e in run.Events)
        {
            if (e is ToolInvocationEvent) break;
        }

        release.SetResult();
        (await run.Completion).ShouldBeOfType<FinishEvent>().FinishReason.ShouldBe(FinishReason.Stop);
    }

    [Fact]
    public async Task EventsAsync_UnknownRun_IsRefused()
    {
        await using var runtime = Sample.Scripted(Sample.Agent());
        var refusal = await Should.ThrowAsync<SluiceException>(async () => await runtime.EventsAsync("run-x").ToListAsync());
        refusal.Code.ShouldBe("run_not_found");
        refusal.Message.ShouldContain("'run-x'");
    }

    [Fact]
    public async Task EventsAsync_RunOfAnotherTenant_IsNotFound()
    {
        var storage = MemoryStorage.Create();
        await using var ours = Sample.Scripted(Sample.Agent(), options => options.Storage = storage);
        await using var theirs = Sample.Scripted(Sample.Agent() with { Tenant = Define.Tenant("other", "v1") }, options => options.Storage = storage);
        var events = await ours.RunAsync("""{"text": "a"}""");
        (await Should.ThrowAsync<SluiceException>(async () => await theirs.EventsAsync(events[0].RunId).ToListAsync())).Code.ShouldBe("run_not_found");
        (await theirs.GetRunAsync(events[0].RunId)).ShouldBeNull();
        (await theirs.ListRunsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task EventsAsync_CancelledToken_StopsReadingOnly()
    {
        var release = new TaskCompletionSource();
        var step = Sample.Tool("step", async _ =>
        {
            await release.Task;
            return null;
        });
        await using var runtime = Sample.Scripted(Sample.Agent(step));
        var run = await runtime.StartAsync(new() { Prompt = Script.Of(Script.Call("step")) });
        using var stop = new CancellationTokenSource();
        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (var e in run.EventsAsync(cancellationToken: stop.Token))
            {
                if (e is ToolInvocationEvent) await stop.CancelAsync();
            }
        });
        release.SetResult();
        (await run.Completion).ShouldBeOfType<FinishEvent>().FinishReason.ShouldBe(FinishReason.Stop);
    }

    private static RuntimeSpec Team() => Sample.Team(Define.Specialist("worker", "m", "You work.", tools: [Sample.Echo]));

    private static Script Nested()
    {
        var child = Script.Of(Script.Calls(Script.Call("echo", new { text = "x" }), Script.Call("echo")), Script.Text("found"));
        var call = Script.Call("call_agent", new { agent = "worker", prompt = child });
        return Script.Of(call, call, Script.Text("done"));
    }

    private sealed class EventEquality : IEqualityComparer<RuntimeEvent>
    {
        public bool Equals(RuntimeEvent? x, RuntimeEvent? y) => x?.ToJson() == y?.ToJson() && x?.GetType() == y?.GetType();

        public int GetHashCode(RuntimeEvent obj) => obj.Sequence.GetHashCode();
    }
}
