using System.Text.Json;

namespace Sluice;

/// <summary>A tool call, or its result. The result follows the call.</summary>
public sealed record ToolInvocationEvent : RuntimeEvent
{
    /// <summary>The id of the call.</summary>
    public required string ToolInvocationId { get; init; }

    /// <summary>The tool.</summary>
    public required string ToolName { get; init; }

    /// <summary>The arguments as the model wrote them.</summary>
    public JsonElement? Args { get; init; }

    /// <summary>Call or result.</summary>
    public required InvocationState State { get; init; }

    /// <summary>What the model gets, when the call went well.</summary>
    public JsonElement? Result { get; init; }

    /// <summary>What the model gets, when it did not.</summary>
    public ErrorInfo? Error { get; init; }

    /// <summary>How long the tool ran, in milliseconds; on results.</summary>
    public long? DurationMs { get; init; }
}
