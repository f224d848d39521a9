using System.Text.Json;
using System.Text.Json.Serialization;
using Sluice.Journal;
using Sluice.Json;
using Sluice.Storage;

namespace Sluice.Runtime.Traces;

/// <summary>Makes spans of a run's entries, which come in order.</summary>
/// <param name="modelOf">The model that an agent is configured with, for calls that have not said theirs.</param>
/// <param name="includeContent">Whether spans have what people and models wrote.</param>
internal sealed class TraceSpans(Func<string, string> modelOf, bool includeContent)
{
    private static readonly JsonSerializerOptions WithoutNulls = new(SluiceJson.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private readonly List<TraceSpan> _spans = [];
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private TokenUsage _usage = TokenUsage.Zero;
    private decimal? _costUsd = 0m;
    private string? _prompt;
    private ForkOrigin? _origin;

    /// <summary>When a run ended; null while it has not.</summary>
    public static DateTimeOffset? EndOf(RunRecord run) =>
        run.State is RunState.Finished or RunState.Cancelled or RunState.Failed ? run.UpdatedAt : null;

    public void Add(JournalEntry entry, JournalData data)
    {
        switch (data)
        {
            case RunStartedData started: (_prompt, _origin) = (started.Prompt, started.ForkedFrom); break;
            case FrameStartedData frame: BeginAgent(entry, frame); break;
            case FrameCompletedData frame: EndAgent(entry, frame); break;
            case EventEmittedData { Events: [StepStartEvent, ..] }: Begin(entry, TraceSpanKind.Chat, modelOf(entry.Agent ?? "")); break;
            case TurnCompletedData turn: EndTurn(entry, turn); break;
            case HistoryCompactedData { Model: { } model } folded: AddSummary(entry, folded, model); break;
            case ToolStartedData: Change(entry.Key, span => span with { StartedAt = entry.At }); break;
            case ToolCompletedData tool: EndTool(entry, tool); break;
            case ApprovalRequestedData { Request: var request }: BeginApproval(entry, request); break;
            case ApprovalDecidedData decided: EndApproval(entry, decided); break;
            case ActionStartedData action: BeginAction(entry, action); break;
            case ActionCompletedData action: EndAction(entry, action); break;
        }
    }

    public Trace ToTrace(RunRecord run) => new()
    {
        Id = run.RunId,
        ThreadId = run.ThreadId,
        EvalSample = run.EvalSample,
        Agent = run.EntryAgent,
        State = run.State,
        StartedAt = run.StartedAt,
        EndedAt = EndOf(run),
        FinishReason = run.FinishReason,
        ErrorCode = run.Error?.Code,
        Prompt = includeContent ? _prompt : null,
        ErrorMessage = includeContent ? run.Error?.Message : null,
        ForkedFrom = _origin?.RunId,
        Usage = _usage,
        CostUsd = _costUsd,
        Spans = [.. EndOf(run) is null ? _spans.Select(AsItStands) : _spans],
    };

    private void BeginAgent(JournalEntry entry, FrameStartedData frame)
    {
        var id = AgentId(entry.Key);
        Put(id, new()
        {
            Id = id,
            ParentId = frame.ParentToolUseId is null ? null : entry.Key,
            Kind = TraceSpanKind.InvokeAgent,
            Name = entry.Agent ?? "",
            Agent = entry.Agent ?? "",
            StartedAt = entry.At,
            IsCopied = IsCopied(entry),
            Input = Content(frame.Prompt),
        });
    }

    private void EndAgent(JournalEntry entry, FrameCompletedData frame) => Change(AgentId(entry.Key), span => End(span, frame.Error) with
    {
        DurationMs = Since(span, entry),
        Outcome = frame.Error is null ? Word(frame.FinishReason) : null,
        Usage = frame.Usage,
        CostUsd = frame.CostUsd,
        Output = frame.Error is null ? Content(frame.Text) : null,
    });

    private void EndTurn(JournalEntry entry, TurnCompletedData turn)
    {
        if (!_places.ContainsKey(entry.Key)) Begin(entry, TraceSpanKind.Chat, "");
        Change(entry.Key, span => EndChat(span, entry, turn.Model ?? modelOf(span.Agent), turn.Usage, turn.CostUsd, turn.LatencyMs) with
        {
            Outcome = turn.FinishReason,
            Output = Content(turn.Parts.Select(WithoutSignature)),
        });
        foreach (var call in turn.Parts.OfType<ToolCallPart>()) BeginTool(entry, call);
    }

    private void AddSummary(JournalEntry entry, HistoryCompactedData folded, string model)
    {
        Begin(entry, TraceSpanKind.Chat, model);
        Change(entry.Key, span => EndChat(span, entry, model, folded.Usage, folded.CostUsd, folded.LatencyMs));
    }

    private TraceSpan EndChat(TraceSpan span, JournalEntry entry, string model, TokenUsage usage, decimal? costUsd, long latencyMs)
    {
        _usage += usage;
        _costUsd += costUsd;
        return span with
        {
            Name = model,
            StartedAt = entry.At.AddMilliseconds(-latencyMs),
            DurationMs = latencyMs,
            Status = TraceSpanStatus.Ok,
            Usage = usage,
            CostUsd = costUsd,
        };
    }

    private void BeginTool(JournalEntry entry, ToolCallPart call)
    {
        var key = StepKey.Call(entry.Key, call.Id);
        var hasArguments = call.Arguments.ValueKind != JsonValueKind.Undefined;
        Put(key, Create(entry, key, TraceSpanKind.ExecuteTool, call.Name) with { Input = hasArguments ? Content(call.Arguments) : null });
    }

    private void EndTool(JournalEntry entry, ToolCompletedData tool) => Change(entry.Key, span => End(span, tool.Error) with
    {
        StartedAt = tool.DurationMs is { } duration ? entry.At.AddMilliseconds(-duration) : span.StartedAt,
        DurationMs = tool.DurationMs,
        Output = tool.Result is { } result ? Content(result) : null,
    });

    private void BeginApproval(JournalEntry entry, ApprovalRequest request)
    {
        // A call is judged before it runs; a plan, and an effect that was interrupted, while it does.
        var parent = request.Kind == ApprovalKind.Tool ? AgentId(StepKey.FrameOf(entry.Key).ToString()) : CallOf(entry.Key);
        Put(entry.Key, Create(entry, entry.Key, TraceSpanKind.Approval, request.Target) with
        {
            ParentId = parent,
            ApprovalId = request.Id,
            Input = Content(request.Payload),
        });
    }

    private void EndApproval(JournalEntry entry, ApprovalDecidedData decided) => Change(entry.Key, span => span with
    {
        DurationMs = Since(span, entry),
        Status = TraceSpanStatus.Ok,
        Outcome = decided.Mac is null ? "expired" : Word(decided.Outcome),
        Output = decided.Feedback is null && decided.Partial is null ? null : Content(new { decided.Feedback, decided.Partial }),
    });

    private void BeginAction(JournalEntry entry, ActionStartedData action) =>
        Put(entry.Key, Create(entry, entry.Key, TraceSpanKind.Action, action.Index < 0 ? "dispatch" : action.ActionKind) with
        {
            ParentId = CallOf(entry.Key),
            PlanId = action.PlanId,
        });

    private void EndAction(JournalEntry entry, ActionCompletedData action)
    {
        // A fork takes over outcomes, and no claims.
        if (!_places.ContainsKey(entry.Key))
        {
            BeginAction(entry, new() { PlanId = action.PlanId, Index = action.Index, ActionKind = action.ActionKind, Attempt = 1, IdempotencyKey = "" });
        }

        Change(entry.Key, span => End(span, action.Error) with
        {
            DurationMs = Since(span, entry),
            Outcome = Word(action.Status),
            Output = action.Result is { } result ? Content(result) : null,
        });
    }

    private TraceSpan End(TraceSpan span, ErrorInfo? error) => span with
    {
        Status = error is null ? TraceSpanStatus.Ok : TraceSpanStatus.Error,
        ErrorCode = error?.Code,
        ErrorMessage = includeContent ? error?.Message : null,
    };

    /// <summary>A request that has no answer waits, unless its call has ended without one.</summary>
    private TraceSpan AsItStands(TraceSpan span) =>
        span is { Kind: TraceSpanKind.Approval, Status: TraceSpanStatus.Unfinished }
        && (!_places.TryGetValue(CallOf(span.Id), out var call) || _spans[call].Status == TraceSpanStatus.Unfinished)
            ? span with { Status = TraceSpanStatus.Waiting }
            : span;

    private void Begin(JournalEntry entry, TraceSpanKind kind, string name) => Put(entry.Key, Create(entry, entry.Key, kind, name));

    private TraceSpan Create(JournalEntry entry, string id, TraceSpanKind kind, string name) => new()
    {
        Id = id,
        ParentId = AgentId(StepKey.FrameOf(entry.Key).ToString()),
        Kind = kind,
        Name = name,
        Agent = entry.Agent ?? "",
        StartedAt = entry.At,
        ToolCallId = StepKey.ToolUseIdOf(id),
        IsCopied = IsCopied(entry),
    };

    /// <summary>Adds a span. A step that is done again keeps its place.</summary>
    private void Put(string id, TraceSpan span)
    {
        if (_places.TryGetValue(id, out var place))
        {
            _spans[place] = span;
            return;
        }

        _places.Add(id, _spans.Count);
        _spans.Add(span);
    }

    private void Change(string id, Func<TraceSpan, TraceSpan> change)
    {
        if (_places.TryGetValue(id, out var place)) _spans[place] = change(_spans[place]);
    }

    private JsonElement? Content<T>(T value) => includeContent ? JsonSerializer.SerializeToElement(value, WithoutNulls) : null;

    private bool IsCopied(JournalEntry entry) => entry.Sequence <= (_origin?.Entries ?? 0);

    /// <summary>An agent that was called has the key of the call that called it, which is a span of its own.</summary>
    private static string AgentId(string frame) => frame == StepKey.Main ? frame : StepKey.Sub(frame, "agent");

    private static string CallOf(string key) => key.IndexOf('#') is >= 0 and var end ? key[..end] : key;

    private static long Since(TraceSpan span, JournalEntry entry) => (long)(entry.At - span.StartedAt).TotalMilliseconds;

    private static MessagePart WithoutSignature(MessagePart part) => part is ReasoningPart reasoning ? reasoning with { ProtectedData = null } : part;

    private static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
