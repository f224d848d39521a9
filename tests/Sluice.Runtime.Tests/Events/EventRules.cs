namespace Sluice.Runtime.Tests.Events;

/// <summary>The order rules that hold for the events of every run, whatever it does.</summary>
internal sealed class EventRules
{
    private readonly Dictionary<(string?, string?, string, string), int> _openCalls = [];
    private readonly HashSet<(string?, string?)> _openSteps = [];
    private readonly Dictionary<string, ApprovalRequiredEvent> _asked = [];
    private readonly Stack<string> _agents = [];
    private int _decided;

    private EventRules()
    {
    }

    /// <summary>Fails when a whole stream, from its first event, breaks a rule.</summary>
    public static void Check(IReadOnlyList<RuntimeEvent> events)
    {
        CheckTail(events, 0);
        events[0].ShouldBeOfType<RunStartEvent>();
        events.OfType<RunStartEvent>().Count().ShouldBe(1);
        var rules = new EventRules();
        foreach (var e in events) rules.Take(e);
        rules.End(events);
    }

    /// <summary>Fails when what follows a sequence has gaps, or does not end with its only terminal event.</summary>
    public static void CheckTail(IReadOnlyList<RuntimeEvent> events, long after)
    {
        events.ShouldNotBeEmpty();
        for (var index = 0; index < events.Count; index++)
        {
            // What ends a stream without ending the run is not recorded: it repeats the last sequence.
            var expected = IsUnrecorded(events[index]) ? after + index : after + index + 1;
            events[index].Sequence.ShouldBe(expected, $"at {Name(events[index])}");
            events[index].RunId.ShouldBe(events[0].RunId);
            events[index].ThreadId.ShouldBe(events[0].ThreadId);
            if (index > 0) events[index].At.ShouldBeGreaterThanOrEqualTo(events[index - 1].At);
        }

        events.Count(e => e.IsTerminal).ShouldBe(1);
        events[^1].IsTerminal.ShouldBeTrue($"the last event is {Name(events[^1])}");
        if (IsUnrecorded(events[^1]) || events.Count < 3) return;
        events[^3].ShouldBeOfType<CostSummaryEvent>();
        events[^2].ShouldBeOfType<LatencySummaryEvent>();
    }

    private static bool IsUnrecorded(RuntimeEvent e) => e is FinishEvent { FinishReason: FinishReason.Suspended };

    private static string Name(RuntimeEvent e) => $"event {e.Sequence}, {e.GetType().Name}";

    private void Take(RuntimeEvent e)
    {
        var frame = (e.Agent, e.ParentToolUseId);
        switch (e)
        {
            case StepStartEvent:
                _openSteps.Add(frame);
                break;
            case TextEvent or ReasoningEvent:
                _openSteps.ShouldContain(frame, $"output before step_start at {Name(e)}");
                break;
            case ToolInvocationEvent { State: InvocationState.Call } call:
                _openSteps.ShouldContain(frame, $"a call before step_start at {Name(e)}");
                Open(call, 1);
                break;
            case ToolInvocationEvent result:
                Open(result, -1).ShouldBeGreaterThanOrEqualTo(0, $"a result without its call at {Name(e)}");
                _openSteps.Remove(frame);
                break;
            case ToolProgressEvent progress:
                _openCalls.GetValueOrDefault((e.Agent, e.ParentToolUseId, progress.ToolInvocationId, progress.ToolName))
                    .ShouldBeGreaterThan(0, $"progress of a call that is not open at {Name(e)}");
                break;
            case ToolAgentEvent { State: InvocationState.Call } agent:
                _agents.Push(agent.AgentName);
                break;
            case ToolAgentEvent agent:
                _agents.Pop().ShouldBe(agent.AgentName);
                break;
            case ApprovalRequiredEvent required:
                _asked.TryAdd(required.Id, required).ShouldBeTrue($"asked twice: {required.Id}");
                if (required.Kind == ApprovalKind.Tool) ShouldBeOpen(required, required.Target);
                break;
            case ApprovalDecisionEvent decision:
                _asked.TryGetValue(decision.Id, out var asked).ShouldBeTrue($"decided before asked at {Name(e)}");
                if (asked!.Kind == ApprovalKind.Tool) ShouldBeOpen(decision, asked.Target);
                _decided++;
                break;
        }
    }

    private void End(IReadOnlyList<RuntimeEvent> events)
    {
        if (events[^1] is not FinishEvent { FinishReason: FinishReason.Stop }) return;
        _openCalls.Where(open => open.Value != 0).ShouldBeEmpty("every call has its result");
        _agents.ShouldBeEmpty("every sub-agent has ended");
        _decided.ShouldBe(_asked.Count, "every request has its decision");
    }

    private int Open(ToolInvocationEvent e, int change)
    {
        var key = (e.Agent, e.ParentToolUseId, e.ToolInvocationId, e.ToolName);
        return _openCalls[key] = _openCalls.GetValueOrDefault(key) + change;
    }

    private void ShouldBeOpen(RuntimeEvent e, string tool) => _openCalls
        .Where(open => open.Key.Item1 == e.Agent && open.Key.Item2 == e.ParentToolUseId && open.Key.Item4 == tool && open.Value > 0)
        .ShouldNotBeEmpty($"a gate outside its call at {Name(e)}");
}
