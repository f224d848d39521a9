using System.Text.Json;

namespace Sluice.Journal;

/// <summary>A tool result that became a reference.</summary>
public sealed record FoldedResult
{
    /// <summary>The place of its message in the history, counted from the end: 1 is the last message.</summary>
    public required int FromEnd { get; init; }

    /// <summary>The call that it answers.</summary>
    public required string ToolUseId { get; init; }

    /// <summary>What the model sees instead: the handle, a glimpse and the size.</summary>
    public required JsonElement Result { get; init; }
}
