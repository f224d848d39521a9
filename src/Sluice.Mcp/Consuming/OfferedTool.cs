using System.Text.Json;
using Sluice.Json;
using Sluice.JsonSchemas;

namespace Sluice.Mcp.Consuming;

/// <summary>A tool as a server describes it, checked.</summary>
/// <param name="Name">The server's own name of it.</param>
/// <param name="Description">The server's description, shortened.</param>
/// <param name="InputSchema">The schema of its arguments.</param>
/// <param name="Effect">What the server says of its effect.</param>
/// <param name="Digest">SHA-256, in hex, of all that.</param>
internal sealed record OfferedTool(string Name, string Description, JsonElement InputSchema, ToolEffect Effect, string Digest)
{
    /// <summary>Reads a definition that has a name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="definition">The definition.</param>
    /// <param name="problem">Why the tool can't be used; empty on success.</param>
    public static OfferedTool? Read(string name, JsonElement definition, out string problem)
    {
        problem = "";
        if (!definition.TryGetProperty("inputSchema", out var written) || !IsObjectSchema(written))
        {
            problem = "It has no schema of its arguments with \"type\": \"object\".";
            return null;
        }

        var schema = WithoutDialect(written);
        if (!JsonSchema.TryCompile(schema, null, out _, out var problems))
        {
            problem = $"Its schema can't be used: {ServerText.Line(problems[0].Message, ConsumingLimits.ErrorLength)}";
            return null;
        }

        var description = definition.TryGetProperty("description", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "";
        var effect = EffectOf(definition);
        try
        {
            var digest = CanonicalJson.Sha256Hex(JsonSerializer.SerializeToElement(new { name, description, schema, effect }, SluiceJson.Options));
            return new(name, ServerText.Lines(description, ConsumingLimits.DescriptionLength), schema, effect, digest);
        }
        catch (JsonException exception)
        {
            problem = $"Its definition can't be used: {ServerText.Line(exception.Message, ConsumingLimits.ErrorLength)}";
            return null;
        }
    }

    private static bool IsObjectSchema(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.ValueEquals("object"u8);

    /// <summary>Servers name whichever draft their generator does; what is not meant as draft 2020-12 means it fails to compile as that.</summary>
    private static JsonElement WithoutDialect(JsonElement schema) => schema.TryGetProperty("$schema", out _)
        ? JsonSerializer.SerializeToElement(schema.EnumerateObject().Where(member => member.Name != "$schema").DistinctBy(member => member.Name).ToDictionary(member => member.Name, member => member.Value))
        : schema;

    private static ToolEffect EffectOf(JsonElement definition)
    {
        if (!definition.TryGetProperty("annotations", out var hints) || hints.ValueKind != JsonValueKind.Object) return ToolEffect.SideEffect;
        if (IsTrue(hints, "readOnlyHint")) return ToolEffect.ReadOnly;
        return IsTrue(hints, "idempotentHint") ? ToolEffect.Idempotent : ToolEffect.SideEffect;
    }

    private static bool IsTrue(JsonElement hints, string name) => hints.TryGetProperty(name, out var hint) && hint.ValueKind == JsonValueKind.True;
}
