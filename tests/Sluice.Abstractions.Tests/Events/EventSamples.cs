using System.Text.Json;

namespace Sluice.Abstractions.Tests.Events;

/// <summary>An event of every type with all its members set, and one with only those it cannot do without.</summary>
internal static class EventSamples
{
    private static readonly DateTimeOffset At = new(2026, 1, 31, 13, 30, 5, 40, TimeSpan.FromHours(1));

    private static TokenUsage Usage { get; } = new()
    {
        InputTokens = 1200,
        OutputTokens = 80,
        CacheReadTokens = 1000,
        CacheWriteTokens = 100,
        ReasoningTokens = 30,
    };

    private static ErrorInfo Error { get; } = new() { Code = "tool_failed", Message = "It \"broke\" – <here> & now.", Retryable = true };

    private static UsageLine Cost { get; } = new() { Name = "planner", Usage = Usage, CostUsd = 0.0125m };

    private static LatencyLine Latency { get; } = new() { Name = "planner", Calls = 2, TotalMs = 1900 };

    public static IReadOnlyList<(string Type, RuntimeEvent Full, RuntimeEvent Required)> All { get; } =
    [
        Both("run_start", new RunStartEvent { PromptDigest = "ba78", EntryAgent = "coordinator" }),
        Both("step_start", new StepStartEvent { Turn = 2 }),
        Both("text", new TextEvent { Text = "Grüße <b>\u2028\n" }),
        Both("reasoning", new ReasoningEvent { Text = "Hm." }),
        Both("tool_invocation",
            new ToolInvocationEvent
            {
                ToolInvocationId = "call-1", ToolName = "query", Args = Json("""{"n":1.50}"""), State = InvocationState.Result,
                Result = Json("""{"rows":[null]}"""), Error = Error, DurationMs = 12,
            },
            new ToolInvocationEvent { ToolInvocationId = "call-1", ToolName = "query", State = InvocationState.Call }),
        Both("tool_progress",
            new ToolProgressEvent { ToolInvocationId = "call-1", ToolName = "query", Label = "Loading", PhaseIndex = 0, TotalPhases = 3, Milestone = true },
            new ToolProgressEvent { ToolInvocationId = "call-1", ToolName = "query", Label = "Loading" }),
        Both("tool_agent", new ToolAgentEvent { AgentName = "planner", State = InvocationState.Call }),
        Both("agent_usage",
            new AgentUsageEvent { AgentName = "planner", Model = "claude-x", Usage = Usage, CostUsd = 0.0125m, LatencyMs = 950 },
            new AgentUsageEvent { AgentName = "planner", Model = "claude-x", Usage = TokenUsage.Zero, LatencyMs = 0 }),
        Both("approval_required",
            new ApprovalRequiredEvent
            {
                Id = "apr-1", Kind = ApprovalKind.InDoubt, Target = "post", Payload = Json("""{"amount":12.50}"""), ResourceId = "tenant-1",
                ExpiresAt = At.AddMinutes(5),
            },
            new ApprovalRequiredEvent { Id = "apr-1", Kind = ApprovalKind.Plan, Target = "plan-1", Payload = Json("null"), ResourceId = "tenant-1" }),
        Both("approval_decision",
            new ApprovalDecisionEvent { Id = "apr-1", Outcome = ApprovalOutcome.Revise, Feedback = "Less.", DecidedBy = "ann" },
            new ApprovalDecisionEvent { Id = "apr-1", Outcome = ApprovalOutcome.Approve }),
        Both("plan_status_change",
            new PlanStatusChangeEvent { PlanId = "plan-1", From = "draft", To = "pending_approval", Label = "Waiting" },
            new PlanStatusChangeEvent { PlanId = "plan-1", To = "draft", Label = "draft" }),
        Both("action_status_change",
            new ActionStatusChangeEvent { PlanId = "plan-1", Index = 0, Kind = "price_change", Status = ActionStatus.Compensated, Result = Json("""{"entitiesAffected":3}""") },
            new ActionStatusChangeEvent { PlanId = "plan-1", Index = 0, Kind = "price_change", Status = ActionStatus.Executing }),
        Both("reference_created", new ReferenceCreatedEvent { Kind = "table", Id = "ref-01", Glimpse = Json("""{"rows":2}"""), Bytes = 5_000_000_000 }),
        Both("file_registered", new FileRegisteredEvent { Name = "report.csv", MediaType = "text/csv", Reference = new() { Kind = "file", Id = "ref-02" } }),
        Both("history_compacted", new HistoryCompactedEvent { ToolResultsFolded = 3, TurnsFolded = 2, TokensBefore = 190_000, TokensAfter = 40_000 }),
        Both("retry",
            new RetryEvent { Provider = "anthropic", Attempt = 2, Reason = "overloaded", DelayMs = 1500 },
            new RetryEvent { Attempt = 2, Reason = "interrupted", DelayMs = 0 }),
        Both("cost_summary",
            new CostSummaryEvent { Agents = [Cost], Models = [Cost with { Name = "claude-x" }], Total = Usage, TotalCostUsd = 0.0125m },
            new CostSummaryEvent { Agents = [], Models = [new() { Name = "noop", Usage = TokenUsage.Zero }], Total = TokenUsage.Zero }),
        Both("latency_summary", new LatencySummaryEvent { Agents = [Latency], Models = [Latency with { Name = "claude-x" }], TotalMs = 2500 }),
        Both("finish",
            new FinishEvent { FinishReason = FinishReason.Limit, Limit = "costUsd", Usage = Usage },
            new FinishEvent { FinishReason = FinishReason.MaxTurns, Usage = TokenUsage.Zero }),
        Both("error", new ErrorEvent { Error = Error }, new ErrorEvent { Error = new() { Code = "internal_error", Message = "Oh." } }),
        Both("custom", new CustomEvent { EventType = "ping", Data = Json("""{"type":"inner","n":[1,2.0]}""") }),
    ];

    private static JsonElement Json(string text) => JsonElement.Parse(text);

    private static (string Type, RuntimeEvent Full, RuntimeEvent Required) Both(string type, RuntimeEvent full, RuntimeEvent? required = null) => (
        type,
        full with { RunId = "run-1", ThreadId = "thread-1", Sequence = 42, At = At, Agent = "planner", ParentToolUseId = "call-0" },
        (required ?? full) with { RunId = "run-1", ThreadId = "thread-1", Sequence = 1, At = At });
}
