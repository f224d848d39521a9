namespace Sluice.JsonSchemas;

/// <summary>One reason why a schema cannot be used.</summary>
public sealed record JsonSchemaProblem
{
    /// <summary>
    /// Where in the schema, as a JSON Pointer; empty for the schema itself. A place in a schema that was referred to starts with that
    /// schema's address and <c>#</c>.
    /// </summary>
    public required string Path { get; init; }

    /// <summary>What is wrong there, as a sentence.</summary>
    public required string Message { get; init; }

    /// <summary>The place and the message.</summary>
    public override string ToString() => $"{(Path.Length == 0 ? "(root)" : Path)}: {Message}";
}
