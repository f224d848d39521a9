using System.Text.Json;

namespace Sluice.JsonSchemas;

/// <summary>One test of the official suite.</summary>
internal sealed record JsonSchemaSuiteCase
{
    public required string Name { get; init; }

    public required JsonElement Schema { get; init; }

    public required JsonElement Instance { get; init; }

    public required bool IsValid { get; init; }

    /// <summary>Says what went wrong, or null where both ways of asking give the expected answer.</summary>
    public string? Failure(JsonSchemaOptions options)
    {
        if (!JsonSchema.TryCompile(Schema, options, out var schema, out var problems)) return $"{Name}: {string.Join("; ", problems)}";
        if (schema.IsValid(Instance) != IsValid) return $"{Name}: IsValid is {!IsValid}";
        var violations = schema.Validate(Instance);
        return violations.Count == 0 == IsValid ? null : $"{Name}: Validate lists {violations.Count} violations";
    }
}
