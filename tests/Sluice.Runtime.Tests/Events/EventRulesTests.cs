namespace Sluice.Runtime.Tests.Events;

/// <summary>The rules themselves can fail: each stream here breaks one.</summary>
public sealed class EventRulesTests
{
    [Fact]
    public async Task Check_StreamOfARun_Passes() => EventRules.Check(await StreamAsync());

    [Fact]
    public async Task Check_Gap_Fails()
    {
        var events = await StreamAsync();
        events.RemoveAt(2);
        Should.Throw<ShouldAssertException>(() => EventRules.Check(events));
    }

    [Fact]
    public async Task Check_ResultBeforeCall_Fails()
    {
        var events = await StreamAsync();
        var call = events.FindIndex(e => e is ToolInvocationEvent { State: InvocationState.Call });
        var result = events.FindIndex(e => e is ToolInvocationEvent { State: InvocationState.Result });
        Swap(events, call, result);
        Should.Throw<ShouldAssertException>(() => EventRules.Check(events));
    }

    [Fact]
    public async Task Check_OutputBeforeStepStart_Fails()
    {
        var events = await StreamAsync();
        var text = events.FindIndex(e => e is TextEvent);
        Swap(events, text, text - 1);
        Should.Throw<ShouldAssertException>(() => EventRules.Check(events));
    }

    [Fact]
    public async Task Check_NoTerminal_Fails()
    {
        var events = await StreamAsync();
        Should.Throw<ShouldAssertException>(() => EventRules.Check(events[..^1]));
    }

    private static void Swap(List<RuntimeEvent> events, int one, int other)
    {
        var (first, second) = (events[one], events[other]);
        events[one] = second with { Sequence = first.Sequence, At = first.At };
        events[other] = first with { Sequence = second.Sequence, At = second.At };
    }

    private static async Task<List<RuntimeEvent>> StreamAsync()
    {
        await using var runtime = Sample.Scripted(Sample.Agent(Sample.Echo));
        return await runtime.QueryAsync(Script.Of(Script.Call("echo", new { text = "a" }), Script.Text("done"))).ToListAsync();
    }
}
