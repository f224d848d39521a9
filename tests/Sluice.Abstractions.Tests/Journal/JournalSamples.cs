using System.Text.Json;
using Sluice.Journal;

namespace Sluice.Abstractions.Tests.Journal;

/// <summary>One record of every kind with all its members set, and one with only those it cannot do without.</summary>
internal static class JournalSamples
{
    public static DateTimeOffset Noon { get; } = new(2026, 1, 31, 12, 0, 0, 250, TimeSpan.Zero);

    private static TokenUsage Usage { get; } = new()
    {
        InputTokens = 1200,
        OutputTokens = 80,
        CacheReadTokens = 1000,
        CacheWriteTokens = 100,
        ReasoningTokens = 30,
    };

    private static ErrorInfo Failure { get; } = new() { Code = ErrorCodes.ToolFailed, Message = "The stock file is \"empty\".", Retryable = true };

    public static JsonElement Json(string text) => JsonElement.Parse(text);

    public static JournalEntry Entry(JournalData data, string key = StepKey.Run, string? agent = null, long sequence = 1, long eventSequence = 0) => new()
    {
        RunId = "run-1",
        Sequence = sequence,
        Kind = JournalJson.KindOf(data),
        Key = key,
        Agent = agent,
        At = Noon,
        Data = JournalText.Bytes(data),
        EventSequence = eventSequence + JournalEvents.Count(data),
        PreviousHash = JournalHash.Origin,
        Hash = JournalHash.Origin,
    };

    public static ApprovalRequest Request(ApprovalKind kind) => new()
    {
        Id = "apr-1",
        Kind = kind,
        Target = kind == ApprovalKind.Plan ? "plan-1" : "post",
        Payload = Json("""{"sku":"A"}"""),
        Digest = "d1",
        Policy = Approval.Always,
        Rule = "default",
        RunId = "run-1",
        ThreadId = "thread-1",
        Agent = "executor",
        StepKey = "main/1/call-1",
        CreatedAt = Noon,
    };

    public static IReadOnlyDictionary<string, JournalData> Full { get; } = new Dictionary<string, JournalData>
    {
        ["run_started"] = new RunStartedData
        {
            Prompt = "Grüße — lower <prices> & report",
            ThreadId = "thread-1",
            EntryAgent = "coordinator",
            SpecHash = "ab12",
            ForkedFrom = new() { RunId = "run-0", Sequence = 12, ThreadId = "thread-0", ThreadOrdinal = 2, Entries = 9, Effects = ForkEffects.FromRecord },
            EvalSample = new() { EvalRunId = "eval-1", TestCaseId = "case-1", Sample = 2 },
        },
        ["frame_started"] = new FrameStartedData { Prompt = "Find it.", ParentToolUseId = "call-1" },
        ["turn_completed"] = new TurnCompletedData
        {
            Turn = 3,
            Parts = [
                new ReasoningPart("Let me see.", "c2lnbmVk"), new TextPart("I look."),
                new ToolCallPart("call-2", "query", Json("""{"sql":"select 1.50","n":1.50}""")),
                new ToolCallPart("call-3", "query", default) { ArgumentsError = "No JSON." }, new ContentPart(Json("""{"$type":"data","uri":"u"}""")),
            ],
            Model = "claude-x",
            Usage = Usage,
            CostUsd = 0.01230m,
            LatencyMs = 950,
            FinishReason = "tool_calls",
            Limit = "tokens",
            Streamed = true,
        },
        ["tool_started"] = new ToolStartedData { ToolName = "post", Attempt = 2 },
        ["tool_completed"] = new ToolCompletedData { ToolName = "query", Result = Json("""{"rows":[1,null]}"""), Error = Failure, DurationMs = 12 },
        ["approval_requested"] = new ApprovalRequestedData
        {
            Request = Request(ApprovalKind.Plan) with
            {
                Policy = Approval.Dynamic("big") with { ExpiresAfter = TimeSpan.FromMinutes(90), Approvers = ["ann", "bob"], Quorum = 2 },
                ExpiresAt = Noon.AddMinutes(90),
                Status = ApprovalStatus.Decided,
                Version = 2,
                Decisions = [new() { Outcome = ApprovalOutcome.Approve, Feedback = "Fine.", Partial = Json("""{"x":1}"""), DecidedBy = "ann", At = Noon.AddMinutes(1), Mac = "m1" }],
            },
            PlanLabel = "Waiting",
        },
        ["approval_decided"] = new ApprovalDecidedData
        {
            ApprovalId = "apr-1",
            Digest = "d1",
            Outcome = ApprovalOutcome.Revise,
            Feedback = "Less.",
            Partial = Json("""{"max":5}"""),
            DecidedBy = "ann",
            Mac = "m1",
            PlanId = "plan-1",
            PlanLabel = "Draft",
        },
        ["plan_changed"] = new PlanChangedData
        {
            PlanId = "plan-1",
            From = PlanStatus.Approved,
            To = PlanStatus.Executing,
            Version = 2,
            ContentHash = "cd34",
            Label = "Running",
            By = "executor",
        },
        ["action_started"] = new ActionStartedData { PlanId = "plan-1", Index = 0, ActionKind = "price_change", Attempt = 1, IdempotencyKey = "plan-1/2/0" },
        ["action_completed"] = new ActionCompletedData
        {
            PlanId = "plan-1",
            Index = 0,
            ActionKind = "price_change",
            Status = ActionStatus.Executed,
            Result = new() { EntitiesAffected = 3, Summary = "Three prices.", Details = Json("""{"skus":["A"]}""") },
            Error = Failure,
        },
        ["reference_created"] = new ReferenceCreatedData
        {
            Envelope = new() { Kind = "table", Id = "ref-0123", Glimpse = Json("""{"rows":2}"""), Bytes = 4096, CreatedAt = Noon, ExpiresAt = Noon.AddDays(1) },
        },
        ["frame_completed"] = new FrameCompletedData
        {
            FinishReason = FinishReason.MaxTurns,
            Text = "Done.",
            Error = Failure,
            Model = "claude-x",
            Usage = Usage,
            CostUsd = 0.5m,
            LatencyMs = 2000,
            ParentToolUseId = "call-1",
        },
        ["history_compacted"] = new HistoryCompactedData
        {
            ToolResultsFolded = 1,
            TurnsFolded = 2,
            TokensBefore = 190_000,
            TokensAfter = 40_000,
            Results = [new() { FromEnd = 7, ToolUseId = "call-2", Result = Json("""{"reference":{"kind":"ToolResult","id":"ref-0123"}}""") }],
            Summary = new()
            {
                Text = "Stock was read.",
                IsExtract = true,
                MessagesKept = 5,
                Plans = [new() { PlanId = "plan-1", SpecName = "restock", Status = PlanStatus.Draft }],
                References = [new() { Kind = "table", Id = "ref-0123", Glimpse = Json("""{"rows":2}""") }, new() { Id = "ref-4567" }],
            },
            Model = "claude-x",
            Usage = Usage,
            CostUsd = 0.25m,
            LatencyMs = 300,
        },
        ["event_emitted"] = new EventEmittedData { Events = [new StepStartEvent { Turn = 1 }, new TextEvent { Text = "Hel" }, new CustomEvent { EventType = "ping", Data = Json("""{"n":1}""") }] },
        ["run_ended"] = new RunEndedData
        {
            FinishReason = FinishReason.Limit,
            Limit = "costUsd",
            Error = Failure,
            Usage = Usage,
            CostUsd = 0.75m,
            Agents = [new() { Name = "coordinator", Usage = Usage, CostUsd = 0.75m }],
            Models = [new() { Name = "claude-x", Usage = Usage, CostUsd = 0.75m }],
            AgentLatency = [new() { Name = "coordinator", Calls = 2, TotalMs = 950 }],
            ModelLatency = [new() { Name = "claude-x", Calls = 2, TotalMs = 950 }],
            TotalMs = 1500,
        },
    };

    public static IReadOnlyDictionary<string, JournalData> Required { get; } = new Dictionary<string, JournalData>
    {
        ["run_started"] = new RunStartedData { Prompt = "Hi", ThreadId = "thread-1", EntryAgent = "coordinator", SpecHash = "ab12" },
        ["frame_started"] = new FrameStartedData { Prompt = "Find it." },
        ["turn_completed"] = new TurnCompletedData { Turn = 1, Parts = [new ReasoningPart("", null), new TextPart("Yes.")], Usage = TokenUsage.Zero, LatencyMs = 0 },
        ["tool_started"] = Full["tool_started"],
        ["tool_completed"] = new ToolCompletedData { ToolName = "query" },
        ["approval_requested"] = new ApprovalRequestedData { Request = Request(ApprovalKind.Tool) },
        ["approval_decided"] = new ApprovalDecidedData { ApprovalId = "apr-1", Digest = "d1", Outcome = ApprovalOutcome.Reject },
        ["plan_changed"] = new PlanChangedData { PlanId = "plan-1", To = PlanStatus.Draft, Version = 1, ContentHash = "cd34", Label = "draft" },
        ["action_started"] = new ActionStartedData { PlanId = "plan-1", Index = -1, ActionKind = "", Attempt = 2, IdempotencyKey = "plan-1/2" },
        ["action_completed"] = new ActionCompletedData { PlanId = "plan-1", Index = 1, ActionKind = "price_change", Status = ActionStatus.Failed },
        ["reference_created"] = new ReferenceCreatedData { Envelope = new() { Kind = "table", Id = "ref-0123", Glimpse = Json("null"), Bytes = 4, CreatedAt = Noon } },
        ["frame_completed"] = new FrameCompletedData { FinishReason = FinishReason.Stop, Text = "", Model = "noop", Usage = TokenUsage.Zero, LatencyMs = 0 },
        ["history_compacted"] = new HistoryCompactedData { ToolResultsFolded = 3, TurnsFolded = 2, TokensBefore = 190_000, TokensAfter = 40_000 },
        ["event_emitted"] = new EventEmittedData { Events = [] },
        ["run_ended"] = new RunEndedData { Error = Failure, Usage = TokenUsage.Zero, Agents = [], Models = [], AgentLatency = [], ModelLatency = [], TotalMs = 0 },
    };
}
