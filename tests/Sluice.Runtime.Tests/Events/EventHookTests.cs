namespace Sluice.Runtime.Tests.Events;

public sealed class EventHookTests
{
    [Fact]
    public async Task Hooks_SeeEveryEventInOrder_OneThatThrowsDisturbsNobody()
    {
        var (first, last) = (new List<RuntimeEvent>(), new List<RuntimeEvent>());
        await using var runtime = Sample.Scripted(Sample.Agent(Sample.Echo), options =>
        {
            options.EventHooks.Add(first.Add);
            options.EventHooks.Add(_ => throw new InvalidOperationException("The hook is broken."));
            options.EventHooks.Add(last.Add);
        });
        var events = await runtime.RunAsync(Script.Of(Script.Call("echo", new { text = "a" }), Script.Text("ok")));
        events.ShouldFinish();
        first.ToJson().ShouldBe(events.ToJson());
        last.ToJson().ShouldBe(events.ToJson());
    }

    [Fact]
    public async Task Hook_SeesAnEvent_WhenTheJournalHoldsIt()
    {
        var storage = MemoryStorage.Create();
        var ahead = new List<RuntimeEvent>();
        await using var runtime = Sample.Scripted(Sample.Agent(Sample.Echo), options =>
        {
            options.Storage = storage;
            options.EventHooks.Add(e =>
            {
                // A hook is synchronous, and the memory store answers at once.
                var row = storage.Journal.GetRunAsync(Sample.Tenant, e.RunId, default).AsTask().GetAwaiter().GetResult();
                if (row!.LastEvent < e.Sequence) ahead.Add(e);
            });
        });
        await runtime.RunAsync(Script.Of(Script.Call("echo", new { text = "a" }), Script.Text("ok")));
        ahead.ShouldBeEmpty();
    }
}
