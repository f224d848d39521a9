namespace Sluice;

/// <summary>A tool that an MCP server has in another way than when it was connected.</summary>
/// <param name="Server">The server's name in the spec.</param>
/// <param name="Tool">The tool's name at the server, without its prefix.</param>
/// <param name="Kind">What happened to it.</param>
public sealed record McpToolChange(string Server, string Tool, McpToolChangeKind Kind);
