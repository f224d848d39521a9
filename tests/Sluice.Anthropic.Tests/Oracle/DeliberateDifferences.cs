using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Json;

namespace Sluice.Anthropic.Tests.Oracle;

/// <summary>Where our requests differ from the official SDK's on purpose. Everything else must be the same JSON.</summary>
/// <remarks>
/// Not taken out here, because no shape that is compared has them: the key goes in <c>x-api-key</c> under version 2023-06-01, where the SDK
/// sends it as a bearer token under 2026-10-21; temperature, top-p and top-k are sent to models that take them, the SDK has none; the highest
/// effort is <c>max</c> for models that do not know <c>xhigh</c>; a forced tool choice becomes <c>auto</c> beside thinking, which the API would
/// refuse; models that cannot stop thinking are asked for little; a budget comes on top of the default of tokens, which is another one; and
/// what cannot be sent is an error, where the SDK leaves it out.
/// </remarks>
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
