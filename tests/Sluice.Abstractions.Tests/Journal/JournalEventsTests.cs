using Sluice.Journal;
using static Sluice.Abstractions.Tests.Journal.JournalSamples;

namespace Sluice.Abstractions.Tests.Journal;

public sealed class JournalEventsTests
{
    private static readonly string Child = StepKey.Frame("main/1/call-1");

    public static TheoryData<string> Kinds { get; } = [.. Full.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Count_OfEveryKind_IsTheNumberOfProjectedEvents(string kind)
    {
        foreach (var data in (JournalData[])[Full[kind], Required[kind]])
            Project(Entry(data, "main/1/call-1")).Count.ShouldBe(JournalEvents.Count(data));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Project_OfAnEntryReadFromItsBytes_GivesTheSameEvents(string kind)
    {
        var entry = Entry(Full[kind], "main/1/call-1", "planner", eventSequence: 41);

        var live = Project(entry, Full[kind]);
        var replayed = Project(entry, entry.ReadData());

        replayed.Select(e => e.ToJson()).ShouldBe(live.Select(e => e.ToJson()));
    }

    [Fact]
    public void Project_OfAnEntry_StampsRunThreadTimeAgentAndSequencesWithoutGaps()
    {
        var events = Project(Entry(Full["run_ended"], agent: "coordinator", eventSequence: 41));

        events.Select(e => e.Sequence).ShouldBe([42, 43, 44]);
        events.ShouldAllBe(e => e.RunId == "run-1" && e.ThreadId == "thread-1" && e.At == Noon && e.Agent == "coordinator" && e.ParentToolUseId == null);
        events.Select(e => e.GetType()).ShouldBe([typeof(CostSummaryEvent), typeof(LatencySummaryEvent), typeof(FinishEvent)]);
    }

    [Fact]
    public void Project_OfAFailedRun_EndsWithItsError() =>
        Project(Entry(Required["run_ended"]))[^1].ShouldBeOfType<ErrorEvent>().Error.Code.ShouldBe(ErrorCodes.ToolFailed);

    [Fact]
    public void Project_OfARun_StartsWithThePromptsDigest()
    {
        var start = Project(Entry(new RunStartedData { Prompt = "abc", ThreadId = "thread-1", EntryAgent = "coordinator", SpecHash = "" }));

        start.ShouldHaveSingleItem().ShouldBeOfType<RunStartEvent>().PromptDigest
            .ShouldBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    [Fact]
    public void Project_OfATurnThatWasNotStreamed_GivesStepOutputAndThenCalls()
    {
        var turn = (TurnCompletedData)Full["turn_completed"] with { Streamed = false };

        var events = Project(Entry(turn, "main/3"));

        events.Select(e => e.GetType()).ShouldBe(
            [typeof(StepStartEvent), typeof(ReasoningEvent), typeof(TextEvent), typeof(ToolInvocationEvent), typeof(ToolInvocationEvent)]);
        ((ToolInvocationEvent)events[3]).Args!.Value.GetRawText().ShouldBe("""{"sql":"select 1.50","n":1.50}""");
        ((ToolInvocationEvent)events[4]).Args.ShouldBeNull();
    }

    [Fact]
    public void Project_OfAStreamedTurn_GivesOnlyItsCalls() =>
        Project(Entry(Full["turn_completed"], "main/3")).Cast<ToolInvocationEvent>().Select(e => e.ToolInvocationId).ShouldBe(["call-2", "call-3"]);

    [Fact]
    public void Project_OfAToolResult_NamesTheCallOfItsKey()
    {
        var result = Project(Entry(Full["tool_completed"], StepKey.Call("main/1", "a/b#c"))).ShouldHaveSingleItem().ShouldBeOfType<ToolInvocationEvent>();

        result.ToolInvocationId.ShouldBe("a/b#c");
        result.State.ShouldBe(InvocationState.Result);
    }

    [Fact]
    public void Project_OfAPlanRequest_ShowsThePlanAsPendingFirst()
    {
        var events = Project(Entry(Full["approval_requested"], "main/1/call-1#approval"));

        events[0].ShouldBeOfType<PlanStatusChangeEvent>().To.ShouldBe("pending_approval");
        events[1].ShouldBeOfType<ApprovalRequiredEvent>().ResourceId.ShouldBe("tenant-1");
    }

    [Fact]
    public void Project_OfARejectedPlan_ShowsItAsADraftAgain()
    {
        var change = Project(Entry(Full["approval_decided"], "main/1/call-1#approval"))[1].ShouldBeOfType<PlanStatusChangeEvent>();

        (change.From, change.To, change.Label).ShouldBe(("pending_approval", "draft", "Draft"));
    }

    [Fact]
    public void Project_OfAFailedAction_TellsWhy()
    {
        var data = new ActionCompletedData
        {
            PlanId = "plan-1",
            Index = 0,
            ActionKind = "price_change",
            Status = ActionStatus.Failed,
            Error = new() { Code = "x", Message = "No." },
        };

        Project(Entry(data)).ShouldHaveSingleItem().ShouldBeOfType<ActionStatusChangeEvent>().Result!.Value.GetProperty("message").GetString().ShouldBe("No.");
    }

    [Fact]
    public void Project_WithinASubAgent_StampsTheCallThatOpenedIt()
    {
        var projection = NewProjection();
        var events = new List<RuntimeEvent>();
        foreach (var (data, key) in (IEnumerable<(JournalData, string)>)
        [
            (new FrameStartedData { Prompt = "Plan.", ParentToolUseId = "call-1" }, Child),
            (Full["turn_completed"], StepKey.Turn(Child, 1)),
            (Full["tool_completed"], StepKey.Call(StepKey.Turn(Child, 1), "call-2")),
            (Full["plan_changed"], "main/1/call-1/1/call-2#plan"),
            (Full["frame_completed"], Child),
        ])
            projection.Project(Entry(data, key, "planner"), data, events);

        events.ShouldAllBe(e => e.ParentToolUseId == "call-1" && e.Agent == "planner");
        events.OfType<ToolAgentEvent>().Select(e => (e.AgentName, e.State)).ShouldBe([("planner", InvocationState.Call), ("planner", InvocationState.Result)]);
    }

    [Fact]
    public void Project_AfterASubAgentOpened_LeavesItsParentFrameUnstamped()
    {
        var projection = NewProjection();
        var events = new List<RuntimeEvent>();
        projection.Project(Entry(Full["frame_started"], Child), Full["frame_started"], events);
        projection.Project(Entry(Full["tool_completed"], "main/1/call-1"), Full["tool_completed"], events);

        events[^1].ParentToolUseId.ShouldBeNull();
    }

    [Fact]
    public void Project_ForAReaderWhoMissedTheFramesBeginning_StampsTheSameCall()
    {
        var late = Project(Entry(Full["turn_completed"], StepKey.Turn(StepKey.Frame("main/1/a~1b"), 1)));

        late.ShouldAllBe(e => e.ParentToolUseId == "a/b");
    }

    [Fact]
    public void Project_OfFreshEmittedEvents_StampsThemInPlace()
    {
        var fresh = new TextEvent { Text = "Hi" };
        var data = new EventEmittedData { Events = [fresh] };

        var projected = Project(Entry(data, "main/1"), data);

        projected.ShouldHaveSingleItem().ShouldBeSameAs(fresh);
    }

    [Fact]
    public void Project_OfEventsThatAnotherRunHas_LeavesThemAlone()
    {
        var data = new EventEmittedData { Events = [new TextEvent { Text = "Hi" }] };
        var original = Project(Entry(data, "main/1"), data)[0];

        var forked = new List<RuntimeEvent>();
        new JournalEvents("run-2", "thread-1", "tenant-1").Project(Entry(data, "main/1"), data, forked);

        (original.RunId, forked[0].RunId).ShouldBe(("run-1", "run-2"));
    }

    private static JournalEvents NewProjection() => new("run-1", "thread-1", "tenant-1");

    private static List<RuntimeEvent> Project(JournalEntry entry, JournalData? data = null)
    {
        var events = new List<RuntimeEvent>();
        NewProjection().Project(entry, data ?? entry.ReadData(), events);
        return events;
    }
}
