using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Sluice.Runtime.Tests.Jobs;

namespace Sluice.Runtime.Tests.Diagnostics;

public sealed class TelemetryTests
{
    [Fact]
    public async Task Run_Listened_EmitsTheSpansOfTheConventionsAndNoContent()
    {
        var thread = $"thread-{nameof(Run_Listened_EmitsTheSpansOfTheConventionsAndNoContent)}";
        using var root = new Activity("test").Start();
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Sluice",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        var shop = new Shop();
        await using var runtime = SluiceRuntime.Create(
            shop.Spec(coordinatorApproval: new() { Plans = Approval.Never }),
            new() { Interpreter = Interpreter.Scripted, ActionDispatcher = shop.Handlers() });
        var run = await runtime.StartAsync(new() { Prompt = Shop.PlanAndExecute(), ThreadId = thread });
        await run.Completion;

        // Other tests run at the same time: only what descends from this one counts.
        var mine = spans.Where(span => span.TraceId == root.TraceId).ToList();
        mine.Select(span => span.OperationName).ShouldContain("invoke_agent coordinator");
        mine.Select(span => span.OperationName).ShouldContain("invoke_agent planner");
        mine.Select(span => span.OperationName).ShouldContain("chat model-p");
        mine.Select(span => span.OperationName).ShouldContain("execute_tool search_products");
        mine.Select(span => span.OperationName).ShouldContain("dispatch");
        mine.First(span => span.OperationName == "invoke_agent coordinator").GetTagItem("gen_ai.conversation.id").ShouldBe(thread);
        mine.First(span => span.OperationName == "chat model-p").GetTagItem("gen_ai.operation.name").ShouldBe("chat");
        mine.SelectMany(span => span.TagObjects).Select(tag => tag.Value?.ToString() ?? "").ShouldNotContain(text => text.Contains("boot"));
    }

    [Fact]
    public async Task ModelCall_Listened_RecordsItsDurationAndTokens()
    {
        var recorded = new ConcurrentQueue<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, meters) =>
            {
                if (instrument.Meter.Name == "Sluice") meters.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Record(instrument, tags));
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Record(instrument, tags));
        listener.Start();
        await using var runtime = SluiceRuntime.Create(
            Define.Runtime(Define.Tenant("acme", "v1"), [Define.Specialist("solo", "model-of-the-meter", "You work.")]),
            new() { Interpreter = Interpreter.Canned("done") });
        await (await runtime.StartAsync(new() { Prompt = "Go" })).Completion;

        recorded.ShouldContain("gen_ai.client.operation.duration");
        recorded.Count(name => name == "gen_ai.client.token.usage").ShouldBe(2);

        void Record(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            foreach (var tag in tags)
                if (tag is { Key: "gen_ai.request.model", Value: "model-of-the-meter" }) recorded.Enqueue(instrument.Name);
        }
    }
}
