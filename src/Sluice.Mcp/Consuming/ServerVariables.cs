namespace Sluice.Mcp.Consuming;

internal static class ServerVariables
{
    /// <summary>The value of an environment variable that a server needs.</summary>
    /// <exception cref="SluiceException">It is not set.</exception>
    public static string Require(McpServerSpec server, string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value
        ? value
        : throw new SluiceException(ErrorCodes.McpServerUnavailable, $"The environment variable '{name}', which the MCP server '{server.Name}' is to get, is not set. Set it.");
}
