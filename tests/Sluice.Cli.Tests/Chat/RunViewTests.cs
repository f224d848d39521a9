using System.Text.Json;
using Sluice.Cli.Chat;
using Sluice.Cli.Output;

namespace Sluice.Cli.Tests.Chat;

public sealed class RunViewTests : IDisposable
{
    private const string Hostile = "\u001b]52;c;ZXZpbA==\u0007\u001b[2J\u009b5A\r\u202eevil\u2028";

    private readonly StringWriter _screen = new() { NewLine = "\n" };
    private readonly Terminal _terminal;
    private readonly ToolCalls _calls = new();
    private readonly RunView _view;

    public RunViewTests()
    {
        _terminal = new(TextReader.Null, _screen, TextWriter.Null);
        _view = new(new(_terminal), _calls);
    }

    public void Dispose() => _terminal.Dispose();

    [Fact]
    public void Texts_OfOthers_NeverSteerTheTerminal()
    {
        var arguments = JsonSerializer.SerializeToElement(new Dictionary<string, string> { ["agent"] = Hostile, ["prompt"] = Hostile, [Hostile] = Hostile });
        RuntimeEvent[] happened =
        [
            new StepStartEvent { Agent = Hostile, Turn = 1 },
            new TextEvent { Text = Hostile },
            Call("1", "call_agent", arguments),
            new TextEvent { Text = Hostile, Agent = Hostile, ParentToolUseId = "1" },
            Call("2", Hostile, arguments) with { ParentToolUseId = "1", Agent = Hostile },
            new ToolProgressEvent { ToolInvocationId = "2", ToolName = Hostile, Label = Hostile },
            new ToolProgressEvent { ToolInvocationId = "2", ToolName = Hostile, Label = Hostile, Milestone = true },
            Call("2", Hostile, arguments) with { ParentToolUseId = "1", Agent = Hostile, State = InvocationState.Result, Error = new ErrorInfo { Code = Hostile, Message = Hostile } },
            new RetryEvent { Attempt = 2, DelayMs = 1, Reason = Hostile },
            new ApprovalDecisionEvent { Id = Hostile, Outcome = ApprovalOutcome.Reject, Feedback = Hostile, DecidedBy = Hostile },
            new ActionStatusChangeEvent { PlanId = "p", Index = 0, Kind = Hostile, Status = ActionStatus.Failed, Result = arguments },
            Call("1", "call_agent", arguments) with { State = InvocationState.Result, Result = arguments },
            new FinishEvent { FinishReason = FinishReason.Limit, Limit = Hostile, Usage = TokenUsage.Zero },
            new ErrorEvent { Error = new ErrorInfo { Code = Hostile, Message = Hostile } },
        ];

        foreach (var one in happened) _view.Show(one);
        for (var number = 1; number <= _calls.Count; number++) new ChatScreen(_terminal).Line(_calls.Find(number)!.Whole());

        var steering = _screen.ToString().Replace("\r\u001b[2K", "").Where(letter => letter != '\n' && (char.IsControl(letter) || letter is '\u202e' or '\u2028'));
        steering.ShouldBeEmpty();
        _screen.ToString().ShouldContain("evil");
    }

    [Fact]
    public void Calls_OfTwoAgentsWithTheSameIds_StayApart()
    {
        _view.Show(Call("1", "call_agent", Arguments("""{"agent":"planner","prompt":"Plan"}""")));
        _view.Show(Call("1", "find", Arguments("""{"query":"boots"}""")) with { ParentToolUseId = "1", Agent = "planner" });
        _view.Show(Call("1", "find", Arguments("""{"query":"boots"}""")) with { ParentToolUseId = "1", Agent = "planner", State = InvocationState.Result, Result = Arguments("3"), DurationMs = 12 });
        _view.Show(Call("1", "call_agent", Arguments("""{"agent":"planner","prompt":"Plan"}""")) with { State = InvocationState.Result, Result = Arguments("\"done\""), DurationMs = 1500 });

        Lines().ShouldBe(["  ▸ planner Plan", "    ✓ find query: boots 12 ms [2]", "  ✓ planner 1.5 s [1]"]);
        _calls.Find(2)!.Whole().ShouldBe("[2] find, called by planner\narguments: {\n  \"query\": \"boots\"\n}\nresult: 3");
    }

    private static JsonElement Arguments(string json) => JsonElement.Parse(json);

    private static ToolInvocationEvent Call(string id, string tool, JsonElement arguments) =>
        new() { RunId = "run-1", Agent = "coordinator", ToolInvocationId = id, ToolName = tool, Args = arguments, State = InvocationState.Call };

    /// <summary>What stays on the screen.</summary>
    private string[] Lines() => [.. _screen.ToString().Split('\n').Select(line => line[(line.LastIndexOf("\u001b[2K", StringComparison.Ordinal) is var erased and >= 0 ? erased + 4 : 0)..]).Where(line => line.Length > 0 && !line.StartsWith("  …", StringComparison.Ordinal))];
}
