using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sluice.Runtime.Tools;

/// <summary>The argument schemas of built-in tools.</summary>
internal static class ArgumentSchemas
{
    /// <summary>An object that allows nothing but these members.</summary>
    /// <param name="required">Names of the members that must be there.</param>
    /// <param name="members">The members with their schemas.</param>
    public static JsonElement Object(IReadOnlyList<string> required, params ReadOnlySpan<(string Name, JsonNode Schema)> members)
    {
        var properties = new JsonObject();
        foreach (var (name, schema) in members) properties.Add(name, schema);
        return ToElement(new JsonObject
        {
            ["type"] = "object",
            ["properties"] = properties,
            ["required"] = new JsonArray([.. required.Select(name => JsonValue.Create(name))]),
            ["additionalProperties"] = false,
        });
    }

    public static JsonNode String(string description) =>
        new JsonObject { ["type"] = "string", ["minLength"] = 1, ["description"] = description };

    public static JsonNode Choice(IEnumerable<string> values, string description) => new JsonObject
    {
        ["type"] = "string",
        ["enum"] = new JsonArray([.. values.Select(value => JsonValue.Create(value))]),
        ["description"] = description,
    };

    public static JsonNode Integer(int minimum, int? maximum, string description)
    {
        var schema = new JsonObject { ["type"] = "integer", ["minimum"] = minimum, ["description"] = description };
        if (maximum is not null) schema["maximum"] = maximum;
        return schema;
    }

    public static JsonElement ToElement(JsonNode node) => JsonElement.Parse(node.ToJsonString());
}
