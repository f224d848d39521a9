using System.Diagnostics;
using System.Diagnostics.Metrics;
using Sluice.Journal;

namespace Sluice.Runtime.Diagnostics;

/// <summary>
/// The one <see cref="ActivitySource"/> and <see cref="Meter"/>, both named <c>Sluice</c>, after the OpenTelemetry semantic conventions for
/// generative AI (https://opentelemetry.io/docs/specs/semconv/gen-ai/). Content is never recorded.
/// </summary>
internal static class SluiceDiagnostics
{
    public const string Name = "Sluice";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);
    private static readonly Histogram<double> OperationDuration =
        Meter.CreateHistogram<double>("gen_ai.client.operation.duration", "s", "The duration of model calls.");
    private static readonly Histogram<long> TokensUsed =
        Meter.CreateHistogram<long>("gen_ai.client.token.usage", "{token}", "The tokens of model calls.");

    public static Activity? StartAgent(AgentSpec agent, string threadId)
    {
        if (!Source.HasListeners()) return null;
        return Source.StartActivity($"invoke_agent {agent.Name}", ActivityKind.Internal)?
            .SetTag("gen_ai.operation.name", "invoke_agent")
            .SetTag("gen_ai.agent.name", agent.Name)
            .SetTag("gen_ai.conversation.id", threadId)
            .SetTag("gen_ai.request.model", agent.Model.Id);
    }

    public static Activity? StartChat(AgentSpec agent)
    {
        if (!Source.HasListeners()) return null;
        return Source.StartActivity($"chat {agent.Model.Id}", ActivityKind.Client)?
            .SetTag("gen_ai.operation.name", "chat")
            .SetTag("gen_ai.provider.name", agent.Model.Provider ?? "custom")
            .SetTag("gen_ai.request.model", agent.Model.Id);
    }

    public static Activity? StartTool(string toolName, string toolUseId)
    {
        if (!Source.HasListeners()) return null;
        return Source.StartActivity($"execute_tool {toolName}", ActivityKind.Internal)?
            .SetTag("gen_ai.operation.name", "execute_tool")
            .SetTag("gen_ai.tool.name", toolName)
            .SetTag("gen_ai.tool.call.id", toolUseId);
    }

    public static Activity? StartApproval(ApprovalRequest request)
    {
        if (!Source.HasListeners()) return null;
        return Source.StartActivity("approval", ActivityKind.Internal)?
            .SetTag("sluice.approval.id", request.Id)
            .SetTag("sluice.approval.target", request.Target);
    }

    public static Activity? StartDispatch(StoredPlan plan)
    {
        if (!Source.HasListeners()) return null;
        return Source.StartActivity("dispatch", ActivityKind.Internal)?
            .SetTag("sluice.plan.id", plan.PlanId)
            .SetTag("sluice.plan.name", plan.SpecName)
            .SetTag("sluice.plan.actions", plan.Actions.Count);
    }

    public static void Complete(Activity? activity, AgentSpec agent, TurnCompletedData turn, TimeSpan elapsed)
    {
        activity?.SetTag("gen_ai.response.model", turn.Model)
            .SetTag("gen_ai.usage.input_tokens", turn.Usage.InputTokens)
            .SetTag("gen_ai.usage.output_tokens", turn.Usage.OutputTokens);
        if (OperationDuration.Enabled) OperationDuration.Record(elapsed.TotalSeconds, Tags(agent));
        if (!TokensUsed.Enabled) return;
        Record("input", turn.Usage.InputTokens, agent);
        Record("output", turn.Usage.OutputTokens, agent);
    }

    public static void Fail(Activity? activity, ErrorInfo error) =>
        activity?.SetTag("error.type", error.Code).SetStatus(ActivityStatusCode.Error);

    private static void Record(string type, long tokens, AgentSpec agent)
    {
        var tags = Tags(agent);
        tags.Add("gen_ai.token.type", type);
        TokensUsed.Record(tokens, tags);
    }

    private static TagList Tags(AgentSpec agent) => new()
    {
        { "gen_ai.operation.name", "chat" },
        { "gen_ai.provider.name", agent.Model.Provider ?? "custom" },
        { "gen_ai.request.model", agent.Model.Id },
    };
}
