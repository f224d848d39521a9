using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Sluice.Journal;

/// <summary>Which events each kind of entry gives rise to, in order and not yet stamped.</summary>
internal static class EventsOfEntry
{
    private const string PendingApproval = "pending_approval";
    private const string Draft = "draft";

    public static void Append(JournalEntry envelope, JournalData data, string resourceId, IList<RuntimeEvent> into)
    {
        switch (data)
        {
            case RunStartedData started: into.Add(RunStart(started)); break;
            case FrameStartedData { ParentToolUseId: not null }: into.Add(SubAgent(envelope, InvocationState.Call)); break;
            case TurnCompletedData turn: AppendTurn(turn, into); break;
            case ToolCompletedData tool: into.Add(ToolResult(envelope, tool)); break;
            case ApprovalRequestedData requested: AppendRequest(requested, resourceId, into); break;
            case ApprovalDecidedData decided: AppendDecision(decided, into); break;
            case PlanChangedData plan: into.Add(PlanChange(plan)); break;
            case ActionStartedData { Index: >= 0 } action: into.Add(ActionStart(action)); break;
            case ActionCompletedData { Index: >= 0 } action: into.Add(ActionEnd(action)); break;
            case ReferenceCreatedData reference: into.Add(ReferenceCreated(reference.Envelope)); break;
            case FrameCompletedData frame: AppendFrameEnd(envelope, frame, into); break;
            case HistoryCompactedData compacted: into.Add(HistoryCompacted(compacted)); break;
            case EventEmittedData emitted: AppendEmitted(emitted, into); break;
            case RunEndedData ended: AppendRunEnd(ended, into); break;
        }
    }

    private static RunStartEvent RunStart(RunStartedData data) => new()
    {
        PromptDigest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(data.Prompt))),
        EntryAgent = data.EntryAgent,
    };

    private static ToolAgentEvent SubAgent(JournalEntry envelope, InvocationState state) =>
        new() { AgentName = envelope.Agent ?? "", State = state };

    private static void AppendTurn(TurnCompletedData data, IList<RuntimeEvent> into)
    {
        if (!data.Streamed) AppendOutput(data, into);
        for (var index = 0; index < data.Parts.Count; index++)
        {
            if (data.Parts[index] is ToolCallPart call) into.Add(ToolCall(call));
        }
    }

    private static void AppendOutput(TurnCompletedData data, IList<RuntimeEvent> into)
    {
        into.Add(new StepStartEvent { Turn = data.Turn });
        for (var index = 0; index < data.Parts.Count; index++)
        {
            var part = data.Parts[index];
            if (part is TextPart { Text.Length: > 0 } text) into.Add(new TextEvent { Text = text.Text });
            else if (part is ReasoningPart { Text.Length: > 0 } reasoning) into.Add(new ReasoningEvent { Text = reasoning.Text });
        }
    }

    private static ToolInvocationEvent ToolCall(ToolCallPart call) => new()
    {
        ToolInvocationId = call.Id,
        ToolName = call.Name,
        Args = call.Arguments.ValueKind == JsonValueKind.Undefined ? null : call.Arguments,
        State = InvocationState.Call,
    };

    private static ToolInvocationEvent ToolResult(JournalEntry envelope, ToolCompletedData data) => new()
    {
        ToolInvocationId = StepKey.ToolUseIdOf(envelope.Key) ?? "",
        ToolName = data.ToolName,
        State = InvocationState.Result,
        Result = data.Result,
        Error = data.Error,
        DurationMs = data.DurationMs,
    };

    private static void AppendRequest(ApprovalRequestedData data, string resourceId, IList<RuntimeEvent> into)
    {
        var request = data.Request;
        if (request.Kind == ApprovalKind.Plan)
            into.Add(Shown(request.Target, Draft, PendingApproval, data.PlanLabel));
        into.Add(new ApprovalRequiredEvent
        {
            Id = request.Id,
            Kind = request.Kind,
            Target = request.Target,
            Payload = request.Payload,
            ResourceId = resourceId,
            ExpiresAt = request.ExpiresAt,
        });
    }

    private static void AppendDecision(ApprovalDecidedData data, IList<RuntimeEvent> into)
    {
        into.Add(new ApprovalDecisionEvent
        {
            Id = data.ApprovalId,
            Outcome = data.Outcome,
            Feedback = data.Feedback,
            DecidedBy = data.DecidedBy,
        });
        if (data.PlanId is { } planId) into.Add(Shown(planId, PendingApproval, Draft, data.PlanLabel));
    }

    private static PlanStatusChangeEvent PlanChange(PlanChangedData data) =>
        Shown(data.PlanId, data.From is { } from ? NameOf(from) : null, NameOf(data.To), data.Label);

    private static PlanStatusChangeEvent Shown(string planId, string? from, string to, string? label) =>
        new() { PlanId = planId, From = from, To = to, Label = label ?? to };

    private static ActionStatusChangeEvent ActionStart(ActionStartedData data) =>
        new() { PlanId = data.PlanId, Index = data.Index, Kind = data.ActionKind, Status = ActionStatus.Executing };

    private static ActionStatusChangeEvent ActionEnd(ActionCompletedData data) => new()
    {
        PlanId = data.PlanId,
        Index = data.Index,
        Kind = data.ActionKind,
        Status = data.Status,
        Result = data switch
        {
            { Result: { } result } => JournalJson.ToElement(result),
            { Error: { } error } => JournalJson.ToElement(error),
            _ => null,
        },
    };

    private static ReferenceCreatedEvent ReferenceCreated(ReferenceEnvelope reference) =>
        new() { Kind = reference.Kind, Id = reference.Id, Glimpse = reference.Glimpse, Bytes = reference.Bytes };

    private static void AppendFrameEnd(JournalEntry envelope, FrameCompletedData data, IList<RuntimeEvent> into)
    {
        into.Add(new AgentUsageEvent
        {
            AgentName = envelope.Agent ?? "",
            Model = data.Model,
            Usage = data.Usage,
            CostUsd = data.CostUsd,
            LatencyMs = data.LatencyMs,
        });
        if (data.ParentToolUseId is not null) into.Add(SubAgent(envelope, InvocationState.Result));
    }

    private static HistoryCompactedEvent HistoryCompacted(HistoryCompactedData data) => new()
    {
        ToolResultsFolded = data.ToolResultsFolded,
        TurnsFolded = data.TurnsFolded,
        TokensBefore = data.TokensBefore,
        TokensAfter = data.TokensAfter,
    };

    private static void AppendEmitted(EventEmittedData data, IList<RuntimeEvent> into)
    {
        foreach (var emitted in data.Events) into.Add(emitted);
    }

    private static void AppendRunEnd(RunEndedData data, IList<RuntimeEvent> into)
    {
        into.Add(new CostSummaryEvent { Agents = data.Agents, Models = data.Models, Total = data.Usage, TotalCostUsd = data.CostUsd });
        into.Add(new LatencySummaryEvent { Agents = data.AgentLatency, Models = data.ModelLatency, TotalMs = data.TotalMs });
        into.Add(data.FinishReason is { } reason
            ? new FinishEvent { FinishReason = reason, Limit = data.Limit, Usage = data.Usage }
            : new ErrorEvent { Error = data.Error ?? new() { Code = ErrorCodes.Internal, Message = "The run ended and its journal does not say why." } });
    }

    private static string NameOf(PlanStatus status) => status switch
    {
        PlanStatus.Draft => Draft,
        PlanStatus.Approved => "approved",
        PlanStatus.Executing => "executing",
        PlanStatus.Executed => "executed",
        PlanStatus.Failed => "failed",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, message: null),
    };
}
