using System.CommandLine;
using Sluice.Cli.CommandLine;

namespace Sluice.Cli.Mcp;

/// <summary>The commands about tools for others: <c>sluice mcp …</c>.</summary>
internal static class McpCommand
{
    public static Command Create(Shell shell) => new("mcp", "Serve tools over the Model Context Protocol, and see which would be.")
    {
        new McpServeCommand(shell),
        new McpToolsCommand(shell),
    };
}
