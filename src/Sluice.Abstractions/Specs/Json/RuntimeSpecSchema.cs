using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.JsonSchemas;

namespace Sluice;

/// <summary>The JSON Schema (draft 2020-12) of a <see cref="RuntimeSpec"/>, published as <c>docs/reference/runtime-spec.schema.json</c>.</summary>
public static class RuntimeSpecSchema
{
    // Rules that the validation of specs says better, with codes of its own: reading checks the shape only.
    private static readonly string[] ValueKeywords =
        ["pattern", "minimum", "exclusiveMinimum", "minItems", "propertyNames", "oneOf"];

    private static readonly Lazy<string> Text = new(Load);

    private static readonly Lazy<JsonSchema> CompiledShape = new(() =>
        JsonSchema.Compile(JsonSerializer.SerializeToElement(WithoutValueKeywords(JsonNode.Parse(Text.Value)!))));

    /// <summary>The schema's part that says which JSON types and properties stand where.</summary>
    internal static JsonSchema Shape => CompiledShape.Value;

    /// <summary>The schema as indented JSON.</summary>
    public static string ToJson() => Text.Value;

    private static string Load()
    {
        using var stream = typeof(RuntimeSpecSchema).Assembly.GetManifestResourceStream("runtime-spec.schema.json")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private static JsonNode WithoutValueKeywords(JsonNode schema)
    {
        if (schema is JsonObject keywords)
        {
            foreach (var keyword in ValueKeywords) keywords.Remove(keyword);
            foreach (var value in keywords.Select(member => member.Value).OfType<JsonNode>()) WithoutValueKeywords(value);
        }
        else if (schema is JsonArray items)
        {
            foreach (var item in items.OfType<JsonNode>()) WithoutValueKeywords(item);
        }

        return schema;
    }
}
