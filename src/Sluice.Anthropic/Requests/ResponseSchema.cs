using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Sluice.Anthropic.Requests;

/// <summary>
/// A JSON Schema in the part of the language that structured output knows: objects are closed, and limits that it refuses are told to the
/// model in the description instead.
/// </summary>
internal static class ResponseSchema
{
    private static readonly string[] Refused =
    [
        "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength", "maxItems", "uniqueItems",
        "minProperties", "maxProperties",
    ];

    private static readonly AIJsonSchemaTransformOptions Transformation = new() { DisallowAdditionalProperties = true, TransformSchemaNode = Transform };

    public static JsonElement Of(JsonElement schema) => AIJsonUtilities.TransformSchema(schema, Transformation);

    private static JsonNode Transform(AIJsonSchemaTransformContext context, JsonNode node)
    {
        if (node is not JsonObject schema) return node;
        List<string> limits = [];
        foreach (var keyword in Refused)
        {
            if (schema.TryGetPropertyValue(keyword, out var value) && schema.Remove(keyword)) limits.Add($"{keyword}: {value?.ToJsonString()}");
        }

        if (limits.Count == 0) return schema;
        var description = (string?)schema["description"];
        schema["description"] = $"{(string.IsNullOrEmpty(description) ? "" : description + " ")}({string.Join(", ", limits)})";
        return schema;
    }
}
