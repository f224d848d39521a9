using System.Text.Json;

namespace Sluice.Journal;

/// <summary>What the model gets for a call.</summary>
public sealed record ToolCompletedData : JournalData
{
    /// <summary>The tool.</summary>
    public required string ToolName { get; init; }

    /// <summary>The result, when the call went well.</summary>
    public JsonElement? Result { get; init; }

    /// <summary>The error, when it did not.</summary>
    public ErrorInfo? Error { get; init; }

    /// <summary>How long the tool ran, in milliseconds; null when it did not run.</summary>
    public long? DurationMs { get; init; }
}
