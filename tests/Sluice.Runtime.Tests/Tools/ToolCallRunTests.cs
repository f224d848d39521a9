using System.Text.Json;
using Sluice.Journal;

namespace Sluice.Runtime.Tests.Tools;

public sealed class ToolCallRunTests
{
    private static readonly ToolSpec Move = Define.Tool<Shift>(
        "move", "Moves.", (args, _) => Task.FromResult<object?>(new { moved = args.Count }), approval: Approval.When<Shift>((args, _) => args.Count > 10));

    [Fact]
    public async Task CallTool_WithoutAModel_IsARecordedRunOfItsOwn()
    {
        await using var runtime = Create();

        var events = await runtime.CallToolAsync(Request("""{"count": 2}""") with { RunId = "r" }).ToListAsync();

        events.Results().ShouldHaveSingleItem().Result!.Value.GetProperty("moved").GetInt32().ShouldBe(2);
        events.ShouldFinish();
        var journal = await runtime.JournalAsync("r").ToListAsync();
        journal[0].ReadData().ShouldBeOfType<RunStartedData>().IsToolCall.ShouldBeTrue();
        journal.Count(entry => entry.Kind == JournalEntryKind.TurnCompleted).ShouldBe(1);
        (await runtime.VerifyAsync("r")).IsIntact.ShouldBeTrue();
    }

    [Theory]
    [InlineData("""{"count": "two"}""")]
    [InlineData("""{"count": 1, "count": 2}""")]
    [InlineData("""{"count": 1, "more": "\ud800"}""")]
    [InlineData("[]")]
    public async Task Arguments_ThatDoNotFit_AreTheCallsErrorAndNotTheRuns(string arguments)
    {
        await using var runtime = Create();

        var events = await runtime.CallToolAsync(Request(arguments)).ToListAsync();

        events.Results().ShouldHaveSingleItem().Error!.Code.ShouldBe("invalid_arguments");
        events.ShouldFinish();
    }

    [Fact]
    public async Task Arguments_ThatLookLikeAScriptsPlaceholder_ReachTheToolAsTheyAre()
    {
        var echo = Define.Tool("echo", "Says it again.", (JsonElement value) => value);
        await using var runtime = SluiceRuntime.Create(Spec(echo));

        var events = await runtime.CallToolAsync(new()
        {
            Agent = "mover",
            Tool = "echo",
            Arguments = JsonElement.Parse("""{"value": {"$result": 1}}"""),
        }).ToListAsync();

        events.Results().ShouldHaveSingleItem().Result!.Value.GetRawText().ShouldBe("""{"$result":1}""");
    }

    [Fact]
    public async Task CallTool_ThatIsGated_WaitsForTheDecision()
    {
        await using var runtime = Create();
        var events = new List<RuntimeEvent>();

        await foreach (var runtimeEvent in runtime.CallToolAsync(Request("""{"count": 11}""")))
        {
            events.Add(runtimeEvent);
            if (runtimeEvent is ApprovalRequiredEvent gate) await runtime.RespondToApprovalAsync(gate.Id, ApprovalOutcome.Reject, "too many");
        }

        events.Results().ShouldHaveSingleItem().Error!.Code.ShouldBe("rejected");
    }

    [Fact]
    public async Task CallTool_ThatWaitsInTheStore_GoesOnAfterTheDecisionInAnotherRuntime()
    {
        await using var storage = MemoryStorage.Create();
        var first = SluiceRuntime.Create(Spec(Move), new() { Storage = storage });
        var before = new List<RuntimeEvent>();
        await foreach (var runtimeEvent in first.CallToolAsync(Request("""{"count": 11}""") with { RunId = "r" }))
        {
            before.Add(runtimeEvent);
            if (runtimeEvent is ApprovalRequiredEvent) await first.DisposeAsync();
        }

        before.ShouldFinish(FinishReason.Suspended);
        await using var second = SluiceRuntime.Create(Spec(Move), new() { Storage = storage });
        await second.RespondToApprovalAsync(before.OfType<ApprovalRequiredEvent>().Single().Id, ApprovalOutcome.Approve);
        var after = await second.EventsAsync("r").ToListAsync();

        after.Results().ShouldHaveSingleItem().Result!.Value.GetProperty("moved").GetInt32().ShouldBe(11);
        after.ShouldFinish();
    }

    [Fact]
    public async Task CallTool_OfAnUnknownAgentOrTool_IsRefusedBeforeAnythingIsRecorded()
    {
        await using var runtime = Create();

        (await Should.ThrowAsync<SluiceException>(async () => await runtime.CallToolAsync(Request("{}") with { Agent = "nobody" }).ToListAsync()))
            .Code.ShouldBe("unknown_agent");
        (await Should.ThrowAsync<SluiceException>(async () => await runtime.CallToolAsync(Request("{}") with { Tool = "none" }).ToListAsync()))
            .Code.ShouldBe("unknown_tool");
        (await runtime.ListRunsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task SynchronousCall_ThatNeverWaits_IsDoneOnItsCallersThread()
    {
        var ranOn = 0;
        var note = Define.Tool("note", "Notes.", () => ranOn = Environment.CurrentManagedThreadId);
        await using var runtime = SluiceRuntime.Create(Spec(note));
        await runtime.CallToolAsync(Note()).ToListAsync();
        ranOn = 0;
        await using var events = runtime.CallToolAsync(Note() with { RunId = "r", ExecuteSynchronously = true }).GetAsyncEnumerator();

        var first = events.MoveNextAsync();

        ranOn.ShouldBe(Environment.CurrentManagedThreadId);
        (await first).ShouldBeTrue();
        (await runtime.EventsAsync("r").ToListAsync()).ShouldFinish();
        (await runtime.VerifyAsync("r")).IsIntact.ShouldBeTrue();
    }

    [Fact]
    public async Task SynchronousCall_TellsTheSameEventsAsAnyOther()
    {
        await using var runtime = Create();

        var told = await runtime.CallToolAsync(Request("""{"count": 2}""") with { RunId = "r", ExecuteSynchronously = true }).ToListAsync();
        var other = await runtime.CallToolAsync(Request("""{"count": 2}""")).ToListAsync();

        told.Select(e => (e.GetType(), e.Sequence)).ShouldBe(other.Select(e => (e.GetType(), e.Sequence)));
        (await runtime.EventsAsync("r").ToListAsync()).Count.ShouldBe(told.Count);
    }

    [Fact]
    public async Task SynchronousCall_CancelledWhileItsHandlerHoldsTheThread_TellsTheHandler()
    {
        using var entered = new ManualResetEventSlim();
        using var cancel = new CancellationTokenSource();
        var hold = Define.Tool<Empty>("note", "Holds.", (_, context) =>
        {
            entered.Set();
            context.CancellationToken.WaitHandle.WaitOne(TimeSpan.FromMinutes(1)).ShouldBeTrue("The handler's token was not cancelled.");
            context.CancellationToken.ThrowIfCancellationRequested();
            return Task.FromResult<object?>(null);
        });
        await using var runtime = SluiceRuntime.Create(Spec(hold));

        var calling = Task.Run(() => runtime.CallToolAsync(Note() with { ExecuteSynchronously = true }, cancel.Token).ToListAsync().AsTask());
        entered.Wait(TimeSpan.FromMinutes(1)).ShouldBeTrue("The handler did not begin.");
        await cancel.CancelAsync();

        (await calling.WaitAsync(TimeSpan.FromMinutes(1))).ShouldFinish(FinishReason.Cancelled);
    }

    [Fact]
    public async Task SynchronousCall_ThatIsGated_WaitsWithoutHoldingItsCaller()
    {
        await using var runtime = Create();
        var events = new List<RuntimeEvent>();

        await foreach (var runtimeEvent in runtime.CallToolAsync(Request("""{"count": 11}""") with { ExecuteSynchronously = true }))
        {
            events.Add(runtimeEvent);
            if (runtimeEvent is ApprovalRequiredEvent gate) await runtime.RespondToApprovalAsync(gate.Id, ApprovalOutcome.Approve);
        }

        events.Results().ShouldHaveSingleItem().Result!.Value.GetProperty("moved").GetInt32().ShouldBe(11);
    }

    private static SluiceRuntime Create() => SluiceRuntime.Create(Spec(Move));

    private static RuntimeSpec Spec(ToolSpec tool) =>
        Define.Runtime(Define.Tenant("acme", "v1"), [Define.Specialist("mover", "m", "You move.", tools: [tool])]);

    private static ToolCallRequest Request(string arguments) => new() { Agent = "mover", Tool = "move", Arguments = JsonElement.Parse(arguments) };

    private static ToolCallRequest Note() => new() { Agent = "mover", Tool = "note" };

    private sealed record Shift(int Count);

    private sealed record Empty;
}
