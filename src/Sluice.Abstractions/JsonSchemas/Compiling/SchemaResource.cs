using Sluice.JsonSchemas.Evaluating;

namespace Sluice.JsonSchemas.Compiling;

/// <summary>A schema with an address of its own: the root of a document or a schema with an <c>$id</c>.</summary>
internal sealed class SchemaResource(Uri address, Vocabularies vocabularies)
{
    public Uri Address => address;

    public Vocabularies Vocabularies => vocabularies;

    public SchemaLocation? Root { get; set; }

    public Dictionary<string, SchemaLocation> Anchors { get; } = new(StringComparer.Ordinal);

    public HashSet<string> DynamicAnchors { get; } = new(StringComparer.Ordinal);

    public ResourceScope Scope { get; } = new();
}
