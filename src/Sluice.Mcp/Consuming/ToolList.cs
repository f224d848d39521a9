using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;

namespace Sluice.Mcp.Consuming;

/// <summary>Reads what tools a server has.</summary>
internal static class ToolList
{
    /// <summary>The tools' definitions by name; null for a name that stands there twice.</summary>
    /// <exception cref="SluiceException"><c>mcp_server_unavailable</c>: the list is none, or too long.</exception>
    public static async Task<Dictionary<string, JsonElement?>> ReadAsync(McpServerSpec server, Connection connection, CancellationToken cancellationToken)
    {
        var tools = new Dictionary<string, JsonElement?>(StringComparer.Ordinal);
        if (!connection.HasTools) return tools;
        string? cursor = null;
        var bytes = 0L;
        for (var page = 1; ; page++)
        {
            if (page > ConsumingLimits.ListPages) throw Refuse(server, $"lists its tools on more than {ConsumingLimits.ListPages} pages");
            var parameters = cursor is null ? [] : new JsonObject { ["cursor"] = cursor };
            var result = await connection.RequestAsync(RequestMethods.ToolsList, parameters, cancellationToken).ConfigureAwait(false);
            bytes += JsonMarshal.GetRawUtf8Value(result).Length;
            if (bytes > ConsumingLimits.ListBytes) throw Refuse(server, $"lists its tools in more than {ConsumingLimits.ListBytes} bytes");
            if (result.ValueKind != JsonValueKind.Object || !result.TryGetProperty("tools", out var listed) || listed.ValueKind != JsonValueKind.Array)
                throw Refuse(server, "answers with something else than a list of tools");
            foreach (var tool in listed.EnumerateArray()) Add(tools, tool);
            if (tools.Count > ConsumingLimits.Tools) throw Refuse(server, $"has more than {ConsumingLimits.Tools} tools");
            cursor = result.TryGetProperty("nextCursor", out var next) && next.ValueKind == JsonValueKind.String ? next.GetString() : null;
            if (string.IsNullOrEmpty(cursor)) return tools;
        }
    }

    private static void Add(Dictionary<string, JsonElement?> tools, JsonElement tool)
    {
        if (tool.ValueKind != JsonValueKind.Object || !tool.TryGetProperty("name", out var written) || written.ValueKind != JsonValueKind.String) return;
        var name = written.GetString()!;
        if (!tools.TryAdd(name, tool)) tools[name] = null;
    }

    private static SluiceException Refuse(McpServerSpec server, string problem) =>
        new(ErrorCodes.McpServerUnavailable, $"The MCP server '{server.Name}' {problem}.");
}
