using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Json;

namespace Sluice.Anthropic.Tests.Oracle;

/// <summary>Where our requests differ from the official SDK's on purpose. Everything else must be the same JSON.</summary>
internal static class DeliberateDifferences
{
    /// <summary>A request without the differences, so that two can be compared; the order of members does not count.</summary>
    public static string Remove(ReadOnlySpan<byte> request)
    {
        var root = JsonNode.Parse(request)!.AsObject();
        Visit(root);
        foreach (var tool in root["tools"]?.AsArray() ?? []) NormalizeTool(tool!.AsObject());
        return CanonicalJson.ToText(JsonSerializer.SerializeToElement(root));
    }

    private static void Visit(JsonNode? node)
    {
        switch (node)
        {
            case JsonArray items:
                foreach (var item in items) Visit(item);
                break;
            case JsonObject members:
                // The SDK marks nothing for the cache unless it is told to for each block.
                members.Remove("cache_control");
                if (members["type"]?.ToString() == "tool_result") NormalizeResult(members);
                foreach (var (_, value) in members) Visit(value);
                break;
        }
    }

    /// <summary>
    /// The SDK writes <c>is_error</c> also when it is false, and never for an object that says <c>error</c>, which is how the runtime gives
    /// failures. It indents the JSON of results and quotes texts in them, which costs tokens.
    /// </summary>
    private static void NormalizeResult(JsonObject result)
    {
        result.Remove("is_error");
        if (result["content"] is not JsonValue content) return;
        try
        {
            var parsed = JsonElement.Parse(content.GetValue<string>());
            result["content"] = parsed.ValueKind == JsonValueKind.String ? parsed.GetString() : CanonicalJson.ToText(parsed);
        }
        catch (JsonException)
        {
            // It is plain text, and that must be the same.
        }
    }

    /// <summary>
    /// The SDK closes the objects of a tool's schema; ours goes as the tool gives it, which is what its arguments are checked with. The SDK
    /// writes a description also when it is empty.
    /// </summary>
    private static void NormalizeTool(JsonObject tool)
    {
        tool["input_schema"]!.AsObject().Remove("additionalProperties");
        if (tool["description"]?.GetValue<string>() is "") tool.Remove("description");
    }
}
