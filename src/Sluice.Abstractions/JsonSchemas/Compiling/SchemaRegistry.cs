using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using Sluice.Json;

namespace Sluice.JsonSchemas.Compiling;

/// <summary>The documents of one compilation: their resources by address, and the schemas inside them.</summary>
internal sealed class SchemaRegistry(JsonSchemaOptions options, bool isTrusted, ProblemList problems)
{
    // A chain of documents that each name the next must end somewhere.
    private const int MaxDocuments = 256;

    /// <summary>The address of a schema without <c>$id</c>, against which its relative references are resolved.</summary>
    private static readonly Uri DefaultAddress = new("schema:///");

    private readonly Dictionary<Uri, SchemaResource> _resources = [];
    private readonly Dialects _dialects = new(options);
    private int _documents;

    public IEnumerable<SchemaResource> Resources => _resources.Values;

    public SchemaLocation AddRoot(JsonElement root) => AddDocument(new SchemaDocument(""), root, DefaultAddress);

    /// <summary>
    /// Finds what a reference in <paramref name="from"/> leads to; notes a problem and returns null where it leads nowhere.
    /// </summary>
    public SchemaLocation? Resolve(string reference, SchemaLocation from, string keyword)
    {
        var hashAt = reference.IndexOf('#', StringComparison.Ordinal);
        var address = hashAt < 0 ? reference : reference[..hashAt];
        var fragment = hashAt < 0 ? "" : Uri.UnescapeDataString(reference[(hashAt + 1)..]);
        if (!TryFindResource(address, from.Resource, out var resource, out var reason))
        {
            problems.Add(from, $"/{keyword}", $"The reference {Shown(reference)} leads nowhere. {reason}");
            return null;
        }
        var isPointer = fragment.Length == 0 || fragment[0] == '/';
        var target = isPointer ? Walk(resource.Root!, fragment) : resource.Anchors.GetValueOrDefault(fragment);
        if (target is not null) return target;
        problems.Add(from, $"/{keyword}", $"The reference {Shown(reference)} leads nowhere. There is nothing at {Shown("#" + fragment)}.");
        return null;
    }

    /// <summary>The schema at a place that the scan may not have known to hold one.</summary>
    public SchemaLocation LocationOf(SchemaLocation parent, string path, JsonElement element)
    {
        var pointer = parent.Pointer + path;
        if (!parent.Document.Locations.TryGetValue(pointer, out var location))
        {
            Scan(parent.Document, element, pointer, parent.Resource, out location);
        }
        return location;
    }

    private bool TryFindResource(string address, SchemaResource from, [NotNullWhen(true)] out SchemaResource? resource, out string reason)
    {
        resource = from;
        reason = "No schema has this address.";
        if (address.Length == 0) return true;
        if (!Uri.TryCreate(from.Address, address, out var target)) return false;
        if (_resources.TryGetValue(target, out resource)) return true;
        var document = MetaSchemas.Find(target) ?? (_documents < MaxDocuments ? options.Resolve?.Invoke(target) : null);
        if (document is not { ValueKind: not JsonValueKind.Undefined } found) return false;
        if (WellFormedness.FindFault(found, options.MaxDepth) is { } fault)
        {
            reason = fault;
            return false;
        }
        resource = AddDocument(new SchemaDocument($"{target}#"), found.Clone(), target).Resource;
        return true;
    }

    private SchemaLocation AddDocument(SchemaDocument document, JsonElement root, Uri address)
    {
        _documents++;
        if (!isTrusted && !MetaSchemas.IsBuiltIn(address)) problems.AddViolations(document, _dialects.MetaSchemaOf(root).Validate(root));
        var resource = new SchemaResource(address, VocabulariesOf(root, document.Name) ?? Vocabularies.All);
        _resources.TryAdd(address, resource);
        Scan(document, root, "", resource, out var location);
        // A boolean schema is no resource by itself, and a document with an $id is known by that and by where it was found.
        location.Resource.Root ??= location;
        _resources[address] = location.Resource;
        return location;
    }

    private void Scan(SchemaDocument document, JsonElement element, string pointer, SchemaResource resource, out SchemaLocation location)
    {
        if (element.ValueKind == JsonValueKind.Object) resource = EnterResource(document, element, pointer, resource);
        location = new SchemaLocation(document, pointer, element, resource);
        if (!document.Locations.TryAdd(pointer, location) || element.ValueKind != JsonValueKind.Object) return;
        if (resource.Root is null) resource.Root = location;
        AddAnchors(location);
        foreach (var (path, inner) in SubschemaKeywords.Enumerate(element))
        {
            Scan(document, inner, pointer + path, resource, out _);
        }
    }

    private SchemaResource EnterResource(SchemaDocument document, JsonElement schema, string pointer, SchemaResource outer)
    {
        if (!TryGetText(schema, "$id", out var id) || !Uri.TryCreate(outer.Address, id.TrimEnd('#'), out var address)) return outer;
        var vocabularies = pointer.Length == 0 ? outer.Vocabularies : VocabulariesOf(schema, document.Name + pointer) ?? outer.Vocabularies;
        var resource = new SchemaResource(address, vocabularies);
        if (!_resources.TryGetValue(address, out var taken) || taken.Root is not { } first) _resources[address] = resource;
        else if (ReferenceEquals(first.Document, document))
        {
            problems.Add(document.Name + pointer + "/$id", $"The $id {Shown(id)} is already taken by {Place(first)}.");
        }
        return resource;
    }

    private Vocabularies? VocabulariesOf(JsonElement schema, string path)
    {
        if (schema.ValueKind != JsonValueKind.Object || !TryGetText(schema, "$schema", out var dialect)) return null;
        var vocabularies = _dialects.Read(dialect, out var problem);
        if (problem.Length > 0) problems.Add($"{path}/$schema", problem);
        return vocabularies;
    }

    private void AddAnchors(SchemaLocation location)
    {
        if (TryGetText(location.Element, "$anchor", out var anchor)) AddAnchor(location, "$anchor", anchor);
        if (!TryGetText(location.Element, "$dynamicAnchor", out var dynamicAnchor)) return;
        AddAnchor(location, "$dynamicAnchor", dynamicAnchor);
        location.Resource.DynamicAnchors.Add(dynamicAnchor);
    }

    private void AddAnchor(SchemaLocation location, string keyword, string anchor)
    {
        if (location.Resource.Anchors.TryAdd(anchor, location)) return;
        var first = location.Resource.Anchors[anchor];
        if (ReferenceEquals(first, location)) return;
        problems.Add(location, $"/{keyword}", $"The anchor {Shown(anchor)} is already taken by {Place(first)}.");
    }

    private SchemaLocation? Walk(SchemaLocation location, string pointer)
    {
        // Looking every step up by name would make many references into one large object quadratic.
        if (location.Document.Locations.TryGetValue(location.Pointer + pointer, out var known)) return known;
        var element = location.Element;
        var path = "";
        foreach (var segment in pointer.Split('/').Skip(1))
        {
            if (!TryStep(element, JsonPointer.Unescape(segment), out element)) return null;
            path += $"/{segment}";
            // A schema with an $id on the way is the base of what lies inside it.
            if (!location.Document.Locations.TryGetValue(location.Pointer + path, out var inner)) continue;
            location = inner;
            path = "";
        }
        return path.Length == 0 ? location : LocationOf(location, path, element);
    }

    private static bool TryStep(JsonElement element, string name, out JsonElement inner)
    {
        inner = default;
        if (element.ValueKind == JsonValueKind.Object) return element.TryGetProperty(name, out inner);
        if (element.ValueKind != JsonValueKind.Array || (name.Length > 1 && name[0] == '0')) return false;
        if (!int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index)) return false;
        if (index >= element.GetArrayLength()) return false;
        inner = element[index];
        return true;
    }

    private static bool TryGetText(JsonElement schema, string keyword, [NotNullWhen(true)] out string? text)
    {
        text = schema.TryGetProperty(keyword, out var value) && value.ValueKind == JsonValueKind.String ? JsonText.Decode(value) : null;
        return text is not null;
    }

    private static string Place(SchemaLocation location) => location.Path.Length == 0 ? "the schema itself" : location.Path;

    private static string Shown(string text) => Evaluating.Excerpt.Quote(text);
}
