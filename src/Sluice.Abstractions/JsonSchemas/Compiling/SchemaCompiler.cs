using System.Text.Json;
using Sluice.JsonSchemas.Evaluating;
using Sluice.JsonSchemas.Keywords;
using Sluice.JsonSchemas.Patterns;

namespace Sluice.JsonSchemas.Compiling;

/// <summary>Turns a schema and everything it refers to into a graph of nodes.</summary>
internal sealed class SchemaCompiler
{
    private readonly ProblemList _problems = new();
    private readonly SchemaRegistry _registry;
    private readonly Dictionary<SchemaLocation, SchemaNode> _nodes = new(ReferenceEqualityComparer.Instance);
    private readonly Queue<(SchemaLocation Location, SchemaNode Node)> _pending = new();
    private bool _usesDynamicScope;

    /// <summary>Compiles one schema.</summary>
    /// <param name="options">Limits and the way to other documents.</param>
    /// <param name="isTrusted">The schema is a meta-schema, which is not itself held against a meta-schema.</param>
    public SchemaCompiler(JsonSchemaOptions options, bool isTrusted = false)
    {
        Options = options;
        Patterns = new PatternCache(options.PatternTimeout);
        _registry = new SchemaRegistry(options, isTrusted, _problems);
    }

    public JsonSchemaOptions Options { get; }

    public PatternCache Patterns { get; }

    public IReadOnlyList<JsonSchemaProblem> Problems => _problems.Problems;

    public SchemaNode? Compile(JsonElement schema)
    {
        if (WellFormedness.FindFault(schema, Options.MaxDepth) is { } fault)
        {
            _problems.Add("", fault);
            return null;
        }
        var root = NodeOf(_registry.AddRoot(schema));
        CompilePending();
        if (_usesDynamicScope) AddDynamicScopes();
        foreach (var node in _nodes.Values) node.Link();
        ReferenceLoops.Check(_nodes, _problems);
        return _problems.Problems.Count == 0 ? root : null;
    }

    public Subschema Subschema(SchemaLocation parent, string path, JsonElement element) =>
        new(path) { Node = NodeOf(_registry.LocationOf(parent, path, element)) };

    public Keyword? Reference(SchemaLocation from, string keyword, string reference)
    {
        if (_registry.Resolve(reference, from, keyword) is not { } target) return null;
        var subschema = new Subschema($"/{keyword}") { Node = NodeOf(target) };
        if (!string.Equals(keyword, "$dynamicRef", StringComparison.Ordinal) || !LeadsToDynamicAnchor(reference, target, out var anchor))
        {
            return new ReferenceKeyword(subschema);
        }
        _usesDynamicScope = true;
        return new DynamicReferenceKeyword(anchor, subschema);
    }

    public void Refuse(SchemaLocation location, string keywordPath, string message) => _problems.Add(location, keywordPath, message);

    private static bool LeadsToDynamicAnchor(string reference, SchemaLocation target, out string anchor)
    {
        anchor = reference[(reference.IndexOf('#', StringComparison.Ordinal) + 1)..];
        return target.Resource.DynamicAnchors.Contains(anchor) && ReferenceEquals(target.Resource.Anchors[anchor], target);
    }

    // Nodes are completed from a queue, so that a long chain of references does not become a deep recursion.
    private SchemaNode NodeOf(SchemaLocation location)
    {
        if (_nodes.TryGetValue(location, out var node)) return node;
        if (location.Element.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            node = SchemaNode.ForBoolean(location.Element.ValueKind == JsonValueKind.True);
        }
        else
        {
            node = new SchemaNode();
            if (location.Element.ValueKind == JsonValueKind.Object) _pending.Enqueue((location, node));
            else _problems.Add(location, "", "A schema must be an object, true or false.");
        }
        _nodes.Add(location, node);
        return node;
    }

    private void CompilePending()
    {
        while (_pending.TryDequeue(out var next))
        {
            var reader = new SchemaReader(next.Location, this);
            var keywords = new List<Keyword>();
            ValidationVocabulary.Read(reader, keywords);
            CoreVocabulary.Read(reader, keywords);
            ApplicatorVocabulary.Read(reader, keywords);
            next.Node.Complete(keywords, UnevaluatedVocabulary.Read(reader));
        }
    }

    private void AddDynamicScopes()
    {
        foreach (var resource in _registry.Resources.Distinct().ToList())
        {
            foreach (var anchor in resource.DynamicAnchors)
            {
                resource.Scope.DynamicAnchors[anchor] = new Subschema("/$dynamicRef") { Node = NodeOf(resource.Anchors[anchor]) };
            }
        }
        CompilePending();
        foreach (var (location, node) in _nodes) node.Scope = location.Resource.Scope;
    }
}
