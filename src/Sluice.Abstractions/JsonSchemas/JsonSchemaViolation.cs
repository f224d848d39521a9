namespace Sluice.JsonSchemas;

/// <summary>One way in which a value does not match its schema. Written so that a language model can act on it.</summary>
public sealed record JsonSchemaViolation
{
    /// <summary>Where in the value, as a JSON Pointer; empty for the value itself.</summary>
    public required string InstancePath { get; init; }

    /// <summary>Which keyword refused it, as a JSON Pointer along the way the schema was evaluated, so through every <c>$ref</c>.</summary>
    public required string SchemaPath { get; init; }

    /// <summary>
    /// The refusing keyword, such as <c>required</c>; <c>false</c> for a schema that is just <c>false</c>; <c>budget</c> or <c>depth</c>
    /// where a limit of <see cref="JsonSchemaOptions"/> ended the validation.
    /// </summary>
    public required string Keyword { get; init; }

    /// <summary>What was found and what is expected, as a sentence.</summary>
    public required string Message { get; init; }

    /// <summary>The place and the message, for example <c>/actions/0/amount: -3 is less than the minimum 0.</c></summary>
    public override string ToString() => $"{(InstancePath.Length == 0 ? "(root)" : InstancePath)}: {Message}";
}
