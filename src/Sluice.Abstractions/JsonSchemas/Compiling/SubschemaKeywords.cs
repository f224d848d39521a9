using System.Text.Json;
using Sluice.Json;

namespace Sluice.JsonSchemas.Compiling;

/// <summary>Knows under which keywords a schema holds other schemas.</summary>
internal static class SubschemaKeywords
{
    private static readonly string[] Single =
    [
        "additionalProperties", "unevaluatedProperties", "items", "unevaluatedItems", "contains", "propertyNames", "if", "then", "else",
        "not", "contentSchema",
    ];

    private static readonly string[] Lists = ["allOf", "anyOf", "oneOf", "prefixItems"];

    private static readonly string[] Maps = ["$defs", "definitions", "properties", "patternProperties", "dependentSchemas"];

    /// <summary>The schemas directly inside an object schema, each with its pointer relative to it.</summary>
    public static IEnumerable<(string Path, JsonElement Schema)> Enumerate(JsonElement schema)
    {
        foreach (var keyword in Single)
        {
            if (schema.TryGetProperty(keyword, out var inner)) yield return ($"/{keyword}", inner);
        }
        foreach (var keyword in Lists)
        {
            if (!schema.TryGetProperty(keyword, out var list) || list.ValueKind != JsonValueKind.Array) continue;
            var index = 0;
            foreach (var inner in list.EnumerateArray()) yield return ($"/{keyword}/{index++}", inner);
        }
        foreach (var keyword in Maps)
        {
            if (!schema.TryGetProperty(keyword, out var map) || map.ValueKind != JsonValueKind.Object) continue;
            foreach (var inner in map.EnumerateObject())
            {
                yield return ($"/{keyword}{JsonPointer.Segment(JsonNames.Of(inner))}", inner.Value);
            }
        }
    }
}
