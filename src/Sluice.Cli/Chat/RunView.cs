using System.Globalization;
using System.Text;
using System.Text.Json;
using Sluice.Cli.Approvals;
using Sluice.Cli.Output;

namespace Sluice.Cli.Chat;

/// <summary>Writes a run of a conversation down while it goes on: the answer as it comes, a line for each tool call, the work of other agents indented.</summary>
internal sealed class RunView(ChatScreen screen, ToolCalls calls)
{
    private const int MostCharacters = 400;

    private readonly Dictionary<string, StringBuilder> _said = new(StringComparer.Ordinal);
    private readonly List<ShownCall> _open = [];
    private decimal? _costUsd;
    private long? _totalMs;

    private Ink Ink => screen.Ink;

    public void Show(RuntimeEvent happened)
    {
        switch (happened)
        {
            case StepStartEvent: screen.Status($"{happened.Agent} is thinking"); break;
            case TextEvent { ParentToolUseId: null } text: screen.Append(text.Text); break;
            case TextEvent { ParentToolUseId: { } frame } text: Hear(frame, text.Text); break;
            case ToolInvocationEvent { State: InvocationState.Call } call: Begin(calls.Hear(call)); break;
            case ToolInvocationEvent result: End(calls.Hear(result)); break;
            case ToolProgressEvent { Milestone: true } progress: Note(happened, $"{progress.ToolName}: {progress.Label}"); break;
            case ToolProgressEvent progress: screen.Status($"{progress.ToolName}: {progress.Label}"); break;
            case RetryEvent retry: Retry(retry); break;
            case ApprovalDecisionEvent decision: Note(happened, Words(decision)); break;
            case ActionStatusChangeEvent { Status: not ActionStatus.Executing } action: Note(happened, Words(action)); break;
            case FileRegisteredEvent file: Note(happened, $"file {file.Name} ({file.MediaType}), {ShortJson.Of(file.Reference)}"); break;
            case HistoryCompactedEvent folded: Note(happened, Words(folded)); break;
            case CostSummaryEvent cost: _costUsd = cost.TotalCostUsd; break;
            case LatencySummaryEvent latency: _totalMs = latency.TotalMs; break;
            case FinishEvent finish: Finish(finish); break;
            case ErrorEvent failed: screen.Paragraph($"The run failed: {failed.Error.Message} ({failed.Error.Code})", 0, Ink.Bad); break;
        }
    }

    private void Begin(ShownCall call)
    {
        TellSaid(call.Call);
        if (call.CalledAgent is not null) screen.WriteLine(call.Opening(screen.Width - 1, Ink));
        _open.Add(call);
        screen.Status(call.Doing);
    }

    private void End(ShownCall call)
    {
        if (call.CalledAgent is not null && _said.Remove(call.Call.ToolInvocationId, out var said)) Say(said.ToString(), call.Depth + 1);
        screen.WriteLine(call.Line(screen.Width - 1, Ink));
        _open.Remove(call);
        if (_open.Count > 0) screen.Status(_open[^1].Doing);
    }

    private void Hear(string frame, string text)
    {
        if (!_said.TryGetValue(frame, out var said)) _said[frame] = said = new();
        said.Append(text);
    }

    /// <summary>What another agent says comes as a whole: several may speak at once.</summary>
    private void TellSaid(RuntimeEvent happened)
    {
        if (happened.ParentToolUseId is { } frame && _said.Remove(frame, out var said)) Say(said.ToString(), calls.DepthOf(happened));
    }

    private void Say(string text, int depth)
    {
        var line = text.Trim();
        if (line.Length > 0) screen.Paragraph(VisibleText.Cut(VisibleText.OfLine(line), MostCharacters), ShownCall.Indent(depth), Ink.Faint);
    }

    private void Note(RuntimeEvent happened, string text)
    {
        TellSaid(happened);
        screen.Paragraph(text, ShownCall.Indent(calls.DepthOf(happened)), Ink.Faint);
    }

    private void Retry(RetryEvent retry)
    {
        if (retry.ParentToolUseId is { } frame) _said.Remove(frame);
        Note(retry, $"The model did not answer ({retry.Reason}); it is asked again, and what it said before is void.");
    }

    private static string Words(ApprovalDecisionEvent decision)
    {
        var words = decision.Feedback is { Length: > 0 } feedback ? $": {feedback}" : "";
        var what = decision.Outcome switch
        {
            ApprovalOutcome.Approve => "approved",
            ApprovalOutcome.Reject => "rejected",
            ApprovalOutcome.Revise => "sent back",
            _ => OutcomeName.Of(decision.Outcome),
        };
        return $"{what}{(decision.DecidedBy is { } who ? $" by {who}" : "")}{words}";
    }

    private static string Words(ActionStatusChangeEvent action) =>
        $"action {action.Index + 1}, {action.Kind}: {action.Status.ToString().ToLowerInvariant()}{(action.Result is { } result ? $"; {Summary(result)}" : "")}";

    private static string Summary(JsonElement result)
    {
        foreach (var name in (string[])["summary", "message"])
            if (result.ValueKind == JsonValueKind.Object && result.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String) return text.GetString()!;
        return ShortJson.Of(result, MostCharacters);
    }

    private static string Words(HistoryCompactedEvent folded) =>
        string.Create(CultureInfo.InvariantCulture, $"the conversation was folded from {folded.TokensBefore:N0} to {folded.TokensAfter:N0} tokens");

    private void Finish(FinishEvent finish)
    {
        if (Why(finish) is { } why) screen.Line(why, Ink.Warning);
        var cost = _costUsd is { } known ? string.Create(CultureInfo.InvariantCulture, $", ${known:0.00##}") : "";
        var time = _totalMs is { } total ? $" in {ShownCall.Duration(total)}" : "";
        screen.Line(string.Create(CultureInfo.InvariantCulture, $"  {finish.Usage.InputTokens:N0} tokens in, {finish.Usage.OutputTokens:N0} out{cost}{time}"), Ink.Faint);
    }

    private static string? Why(FinishEvent finish) => finish.FinishReason switch
    {
        FinishReason.MaxTurns => "The agent used all its turns and was not done.",
        FinishReason.Limit => $"The run passed its limit '{finish.Limit}'.",
        FinishReason.Cancelled => "The run was cancelled. What it did before stays done; the conversation goes on.",
        FinishReason.Suspended => "The run waits in the store. /resume goes on with it.",
        _ => null,
    };
}
