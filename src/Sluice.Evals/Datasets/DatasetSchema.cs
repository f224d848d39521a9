using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.JsonSchemas;

namespace Sluice.Evals.Datasets;

/// <summary>The JSON Schema (draft 2020-12) of a dataset as people write it, published as <c>docs/reference/eval-dataset.schema.json</c>.</summary>
internal static class DatasetSchema
{
    /// <summary>The most problems of a shape that are told.</summary>
    public const int MaxProblems = 1000;

    // What DatasetForm reports with better words, or has done away with.
    private static readonly string[] FormKeywords = ["allOf", "if", "then", "else", "dependentSchemas"];

    private static readonly Lazy<string> Text = new(Load);

    private static readonly Lazy<JsonSchema> CompiledShape = new(() => JsonSchema.Compile(
        JsonSerializer.SerializeToElement(InCamelCase(JsonNode.Parse(Text.Value)!)),
        new() { MaxDepth = 256, MaxEvaluations = 1_000_000_000, MaxViolations = MaxProblems }));

    private static readonly Lazy<IReadOnlySet<string>> Names = new(() => new HashSet<string>(Keys(JsonNode.Parse(Text.Value)!), StringComparer.Ordinal));

    /// <summary>The schema of what <see cref="DatasetForm"/> makes of a dataset.</summary>
    public static JsonSchema Shape => CompiledShape.Value;

    /// <summary>Every key that means something somewhere, in camelCase.</summary>
    public static IReadOnlySet<string> KnownKeys => Names.Value;

    /// <summary>The schema as indented JSON.</summary>
    public static string ToJson() => Text.Value;

    private static string Load()
    {
        using var stream = typeof(DatasetSchema).Assembly.GetManifestResourceStream("eval-dataset.schema.json")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private static JsonNode InCamelCase(JsonNode schema)
    {
        if (schema is JsonObject members)
        {
            foreach (var name in members.Select(member => member.Key).Where(IsOfForm).ToArray()) members.Remove(name);
            foreach (var value in members.Select(member => member.Value).OfType<JsonNode>()) InCamelCase(value);
        }
        else if (schema is JsonArray items)
        {
            foreach (var item in items.OfType<JsonNode>()) InCamelCase(item);
        }

        return schema;
    }

    private static bool IsOfForm(string name) => name.Contains('_', StringComparison.Ordinal) || FormKeywords.Contains(name, StringComparer.Ordinal);

    private static IEnumerable<string> Keys(JsonNode schema) => schema switch
    {
        JsonObject members => members.SelectMany(member =>
            (member.Key == "properties" ? member.Value!.AsObject().Select(property => property.Key) : []).Concat(member.Value is null ? [] : Keys(member.Value))),
        JsonArray items => items.OfType<JsonNode>().SelectMany(Keys),
        _ => [],
    };
}
