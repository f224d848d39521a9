using System.Security.Cryptography;
using System.Text;

namespace Sluice.Runtime.Tests.Loop;

public sealed class FirstRunTests
{
    [Fact]
    public async Task QueryAsync_CannedAnswer_StreamsItAndStops()
    {
        await using var runtime = SluiceRuntime.Create(Sample.Agent(), new() { Interpreter = Interpreter.Canned("Hello.") });
        var events = await runtime.RunAsync("hi", "t-1");

        events.Select(e => e.GetType()).ShouldBe([
            typeof(RunStartEvent), typeof(StepStartEvent), typeof(TextEvent), typeof(AgentUsageEvent),
            typeof(CostSummaryEvent), typeof(LatencySummaryEvent), typeof(FinishEvent)]);
        events.Text().ShouldBe("Hello.");
        events.ShouldAllBe(e => e.ThreadId == "t-1");
        events.Where(e => e is StepStartEvent or TextEvent or AgentUsageEvent).ShouldAllBe(e => e.Agent == "solo" && e.ParentToolUseId == null);
        events.ShouldFinish();
    }

    [Fact]
    public async Task QueryAsync_AnyPrompt_RunStartNamesItByDigestOnly()
    {
        await using var runtime = SluiceRuntime.Create(Sample.Agent());
        var start = (await runtime.RunAsync("a secret"))[0].ShouldBeOfType<RunStartEvent>();
        start.EntryAgent.ShouldBe("solo");
        start.PromptDigest.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("a secret"))));
        start.ToJson().ShouldNotContain("a secret");
    }

    [Fact]
    public async Task QueryAsync_Noop_FinishesWithoutText()
    {
        await using var runtime = SluiceRuntime.Create(Sample.Agent());
        var events = await runtime.RunAsync("hi");
        events.ShouldFinish().Usage.ShouldBe(TokenUsage.Zero);
        events.OfType<TextEvent>().ShouldBeEmpty();
    }

    [Fact]
    public async Task QueryAsync_SeveralAgentsNoCoordinator_ThrowsNoCoordinator()
    {
        var spec = Define.Runtime(Sample.Tenant, [Define.Specialist("a", "m", "A."), Define.Specialist("b", "m", "B.")]);
        await using var runtime = SluiceRuntime.Create(spec);
        var refusal = await Should.ThrowAsync<SluiceException>(() => runtime.RunAsync("hi"));
        refusal.Code.ShouldBe("no_coordinator");
        refusal.Message.ShouldContain("2 agents");
        (await runtime.ListRunsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task RunSpecialistAsync_SeveralAgents_RunsTheNamedOne()
    {
        var spec = Define.Runtime(Sample.Tenant, [Define.Specialist("a", "m", "A."), Define.Specialist("b", "m", "B.")]);
        await using var runtime = SluiceRuntime.Create(spec, new() { Interpreter = Interpreter.Canned("ok") });
        var events = await runtime.RunSpecialistAsync("b", "hi").ReadAsync();
        events.OfType<TextEvent>().ShouldHaveSingleItem().Agent.ShouldBe("b");
        events.ShouldFinish();
    }

    [Fact]
    public async Task RunSpecialistAsync_UnknownName_ThrowsUnknownAgentWithTheKnownOnes()
    {
        await using var runtime = SluiceRuntime.Create(Sample.Agent());
        var refusal = await Should.ThrowAsync<SluiceException>(() => runtime.RunSpecialistAsync("nobody", "hi").ReadAsync());
        refusal.Code.ShouldBe("unknown_agent");
        refusal.Message.ShouldContain("'nobody'");
        refusal.Message.ShouldContain("solo");
    }

    [Fact]
    public async Task QueryAsync_NoThread_EachRunGetsItsOwn()
    {
        await using var runtime = SluiceRuntime.Create(Sample.Agent());
        var one = await runtime.RunAsync("hi");
        var other = await runtime.RunAsync("hi");
        one[0].ThreadId.ShouldNotBe(other[0].ThreadId);
        one[0].RunId.ShouldNotBe(other[0].RunId);
    }

    [Fact]
    public async Task StartAsync_RunIdInUse_IsRefused()
    {
        await using var runtime = SluiceRuntime.Create(Sample.Agent());
        var first = await runtime.StartAsync(new() { Prompt = "hi", RunId = "run-1" });
        await first.Completion;
        var refusal = await Should.ThrowAsync<SluiceException>(() => runtime.StartAsync(new() { Prompt = "hi", RunId = "run-1" }));
        refusal.Code.ShouldBe("run_active");
        (await runtime.GetRunAsync("run-1"))!.State.ShouldBe(RunState.Finished);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public async Task StartAsync_BlankIds_AreRefused(string blank)
    {
        await using var runtime = SluiceRuntime.Create(Sample.Agent());
        await Should.ThrowAsync<ArgumentException>(() => runtime.StartAsync(new() { Prompt = "hi", RunId = blank }));
        await Should.ThrowAsync<ArgumentException>(() => runtime.StartAsync(new() { Prompt = "hi", ThreadId = blank }));
        await Should.ThrowAsync<ArgumentNullException>(() => runtime.StartAsync(new() { Prompt = null! }));
    }

    [Fact]
    public async Task QueryAsync_AfterDispose_IsRefused()
    {
        var runtime = SluiceRuntime.Create(Sample.Agent());
        await runtime.DisposeAsync();
        (await Should.ThrowAsync<SluiceException>(() => runtime.RunAsync("hi"))).Code.ShouldBe("shutting_down");
    }

    [Fact]
    public async Task QueryAsync_PromptWithLoneSurrogate_RunsAndReadsBackAlike()
    {
        await using var runtime = SluiceRuntime.Create(Sample.Agent(), new() { Interpreter = Interpreter.Canned("ok") });
        var live = await runtime.RunAsync("broken \ud800 prompt");
        live.ShouldFinish();
        (await runtime.EventsAsync(live[0].RunId).ReadAsync()).ToJson().ShouldBe(live.ToJson());
    }
}
