namespace Sluice.JsonSchemas.Evaluating;

/// <summary>The dynamic anchors of one schema resource.</summary>
internal sealed class ResourceScope
{
    public Dictionary<string, Subschema> DynamicAnchors { get; } = [];
}
