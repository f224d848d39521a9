namespace Sluice;

/// <summary>What happened to a tool of an MCP server.</summary>
public enum McpToolChangeKind
{
    /// <summary>It is new. Agents have it after connecting anew.</summary>
    Added,

    /// <summary>Its description, schema or effect is another one. Calls are refused, <c>tool_changed</c>.</summary>
    Changed,

    /// <summary>It is gone. Calls are refused, <c>tool_unavailable</c>.</summary>
    Removed,
}
