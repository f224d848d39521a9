namespace Sluice.Anthropic.Responses;

/// <summary>The kinds of block that are understood; others are passed over.</summary>
internal enum BlockKind
{
    Unknown,
    Text,
    Thinking,
    RedactedThinking,
    ToolUse,
}
