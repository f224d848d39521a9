namespace Sluice.JsonSchemas.Compiling;

/// <summary>One JSON document with schemas in it.</summary>
/// <param name="name">How problems name it: empty for the schema being compiled, else its address and <c>#</c>.</param>
internal sealed class SchemaDocument(string name)
{
    public string Name => name;

    /// <summary>The schemas that were found, by their place in the document.</summary>
    public Dictionary<string, SchemaLocation> Locations { get; } = new(StringComparer.Ordinal);
}
