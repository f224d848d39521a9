using System.Text.Json.Serialization;

namespace Sluice;

/// <summary>What a span of a trace is. The names are those of OpenTelemetry's operations of generative AI where there is one.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TraceSpanKind>))]
public enum TraceSpanKind
{
    /// <summary>An agent that ran, from its prompt to its answer, waiting included.</summary>
    [JsonStringEnumMemberName("invoke_agent")]
    InvokeAgent,

    /// <summary>A call of a model: a turn of an agent, or the summary of its history.</summary>
    [JsonStringEnumMemberName("chat")]
    Chat,

    /// <summary>A tool call that a model asked for, whether or not the tool ran.</summary>
    [JsonStringEnumMemberName("execute_tool")]
    ExecuteTool,

    /// <summary>A wait for a person.</summary>
    [JsonStringEnumMemberName("approval")]
    Approval,

    /// <summary>An action of a plan, its undoing, or a plan that is dispatched as a whole.</summary>
    [JsonStringEnumMemberName("action")]
    Action,
}
