using System.Diagnostics;
using System.Text.Json;
using Sluice.Journal;
using Sluice.Runtime.Loop;
using Sluice.Runtime.Tools;

namespace Sluice.Runtime.Diagnostics;

/// <summary>
/// The one <see cref="ActivitySource"/>, named <c>Sluice</c> as the meter is, and the spans of a run. Content is recorded on opt-in alone:
/// otherwise no span holds a prompt, an answer, arguments, a result or the message of an error.
/// </summary>
internal static class SluiceDiagnostics
{
    public const string Name = "Sluice";

    private static readonly ActivitySource Source = new(Name);

    public static bool IsListening => Source.HasListeners();

    public static Activity? StartAgent(Frame frame)
    {
        if (!IsListening) return null;
        var agent = frame.Agent.Spec;
        return Start($"invoke_agent {agent.Name}", frame, "invoke_agent")?
            .SetTag(GenAIAttributes.ProviderName, (frame.Agent.Client.GetService(typeof(TelemetryChatClient)) as TelemetryChatClient)?.ProviderName)
            .SetTag(GenAIAttributes.RequestModel, agent.Model.Id);
    }

    public static void EndAgent(Activity? activity, Frame frame, FrameResult result)
    {
        activity?.SetTag(GenAIAttributes.InputTokens, frame.Usage.InputTokens).SetTag(GenAIAttributes.OutputTokens, frame.Usage.OutputTokens);
        if (result.Error is { } error) Fail(activity, error.Code);
    }

    /// <summary>Starts the span of a model call. What it shares with its agent's span is taken from there, since a client knows no run.</summary>
    public static Activity? StartChat(string? model, TagList tags)
    {
        if (!IsListening) return null;
        var activity = Source.StartActivity(model is null ? "chat" : $"chat {model}", ActivityKind.Client, parentContext: default, tags);
        for (var ancestor = activity?.Parent; ancestor is not null; ancestor = ancestor.Parent)
        {
            if (ancestor.GetTagItem(GenAIAttributes.RunId) is not { } run) continue;
            return activity!.SetTag(GenAIAttributes.RunId, run)
                .SetTag(GenAIAttributes.ConversationId, ancestor.GetTagItem(GenAIAttributes.ConversationId))
                .SetTag(GenAIAttributes.AgentName, ancestor.GetTagItem(GenAIAttributes.AgentName));
        }

        return activity;
    }

    public static Activity? StartTool(ToolCall call)
    {
        if (!IsListening) return null;
        var tool = call.Tool!;
        var activity = Start($"execute_tool {tool.Name}", call.Frame, "execute_tool")?
            .SetTag(GenAIAttributes.ToolName, tool.Name)
            .SetTag(GenAIAttributes.ToolType, "function")
            .SetTag(GenAIAttributes.ToolDescription, tool.Spec.Description)
            .SetTag(GenAIAttributes.ToolCallId, call.Id);
        if (call.Frame.Agent.CapturesContent && activity is { IsAllDataRequested: true })
            activity.SetTag(GenAIAttributes.ToolCallArguments, call.Arguments.GetRawText());
        return activity;
    }

    public static void EndTool(Activity? activity, ToolCall call, ToolOutcome outcome)
    {
        if (outcome.Error is { } error) Fail(activity, error.Code);
        if (call.Frame.Agent.CapturesContent && activity is { IsAllDataRequested: true })
            activity.SetTag(GenAIAttributes.ToolCallResult, outcome.ToModelResult().GetRawText());
    }

    public static Activity? StartApproval(Frame frame, ApprovalRequest request)
    {
        if (!IsListening) return null;
        return Start("approval", frame)?
            .SetTag(GenAIAttributes.ApprovalId, request.Id)
            .SetTag(GenAIAttributes.ApprovalKind, WireName(request.Kind.ToString()))
            .SetTag(GenAIAttributes.ApprovalTarget, request.Target);
    }

    public static void EndApproval(Activity? activity, ApprovalDecidedData decided) =>
        activity?.SetTag(GenAIAttributes.ApprovalOutcome, WireName(decided.Outcome.ToString()));

    public static Activity? StartStorePlan(Frame frame, string planName)
    {
        if (!IsListening) return null;
        return Start($"store_plan {planName}", frame)?.SetTag(GenAIAttributes.PlanName, planName);
    }

    public static Activity? StartExecutePlan(Frame frame, StoredPlan plan)
    {
        if (!IsListening) return null;
        var activity = Start($"execute_plan {plan.SpecName}", frame);
        SetPlan(activity, plan);
        return activity;
    }

    public static Activity? StartDispatch(Frame frame, StoredPlan plan)
    {
        if (!IsListening) return null;
        var activity = Start("dispatch", frame);
        SetPlan(activity, plan);
        return activity?.SetTag(GenAIAttributes.PlanActions, plan.Actions.Count);
    }

    /// <summary>Starts the span of one action, or of its undoing; null for a plan that is dispatched as a whole, which has one of its own.</summary>
    public static Activity? StartAction(Frame frame, StoredPlan plan, int index, string kind, bool isCompensation)
    {
        if (index < 0 || !IsListening) return null;
        return Start(isCompensation ? $"compensation {kind}" : $"action {kind}", frame)?
            .SetTag(GenAIAttributes.PlanId, plan.PlanId)
            .SetTag(GenAIAttributes.ActionKind, kind)
            .SetTag(GenAIAttributes.ActionIndex, index);
    }

    /// <summary>Says of a span which plan it is about, and where that stands.</summary>
    public static void SetPlan(Activity? activity, StoredPlan plan)
    {
        activity?.SetTag(GenAIAttributes.PlanId, plan.PlanId)
            .SetTag(GenAIAttributes.PlanName, plan.SpecName)
            .SetTag(GenAIAttributes.PlanVersion, plan.Version)
            .SetTag(GenAIAttributes.PlanStatus, WireName(plan.Status.ToString()));
        if (plan.Error is { } error) Fail(activity, error.Code);
    }

    /// <summary>Marks a span as failed. The message of the error stays out: it may hold content.</summary>
    public static void Fail(Activity? activity, string errorType) =>
        activity?.SetTag(GenAIAttributes.ErrorType, errorType).SetStatus(ActivityStatusCode.Error);

    /// <summary>Starts a span. What samplers may go by is there from the beginning.</summary>
    private static Activity? Start(string name, Frame frame, string? operation = null)
    {
        var tags = new TagList
        {
            { GenAIAttributes.RunId, frame.Run.RunId },
            { GenAIAttributes.ConversationId, frame.Run.ThreadId },
            { GenAIAttributes.AgentName, frame.Agent.Name },
        };
        if (operation is not null) tags.Add(GenAIAttributes.OperationName, operation);
        return Source.StartActivity(name, ActivityKind.Internal, parentContext: default, tags);
    }

    private static string WireName(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
