using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Sluice.Mcp.Consuming;

/// <summary>Which of a server's tools agents can have.</summary>
internal static partial class OfferedTools
{
    private const string Code = "mcp_tool_unavailable";
    private const int ShownName = 60;

    /// <summary>Checks every definition that the spec lets through.</summary>
    /// <param name="server">The server.</param>
    /// <param name="definitions">Its definitions by name.</param>
    /// <param name="problems">Takes what can't be used, and why.</param>
    public static Dictionary<string, OfferedTool> Read(McpServerSpec server, Dictionary<string, JsonElement?> definitions, ICollection<SpecError> problems)
    {
        var tools = new Dictionary<string, OfferedTool>(StringComparer.Ordinal);
        foreach (var (name, definition) in definitions)
        {
            if (server.Tools?.Contains(name, StringComparer.Ordinal) == false) continue;
            if (Check(server, name, definition, out var problem) is { } tool) tools.Add(name, tool);
            else problems.Add(new(Code, PathOf(server, name), problem));
        }

        foreach (var name in server.Tools?.Except(definitions.Keys, StringComparer.Ordinal) ?? [])
            problems.Add(new(Code, PathOf(server, name), $"The MCP server '{server.Name}' has no such tool."));
        return tools;
    }

    private static OfferedTool? Check(McpServerSpec server, string name, JsonElement? definition, out string problem)
    {
        // A name is never made to fit: two of them could become one.
        problem = name.Length == 0 ? "It has no name."
            : !NamePattern().IsMatch(server.Prefix + name)
            ? $"With the prefix '{server.Prefix}' its name is no tool's name: 1 to 64 letters, digits, '_' and '-', without accents."
            : definition is null ? "Its name stands in the server's list twice."
            : JsonMarshal.GetRawUtf8Value(definition.Value).Length > ConsumingLimits.DefinitionBytes ? $"Its definition is longer than {ConsumingLimits.DefinitionBytes} bytes."
            : "";
        return problem.Length > 0 ? null : OfferedTool.Read(name, definition!.Value, out problem);
    }

    private static string PathOf(McpServerSpec server, string tool) => $"mcpServers[{server.Name}].tools[{ServerText.Line(tool, ShownName)}]";

    [GeneratedRegex("^[a-zA-Z0-9_-]{1,64}\\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NamePattern();
}
