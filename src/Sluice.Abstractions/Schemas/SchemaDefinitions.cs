using System.Text.Json.Nodes;
using Sluice.Json;

namespace Sluice;

/// <summary>Moves what an exported schema refers to by place into <c>$defs</c> under the names of its types.</summary>
internal static class SchemaDefinitions
{
    /// <summary>Gives every place that is referred to a name.</summary>
    /// <param name="root">The exported schema.</param>
    /// <param name="typeNames">The name of the type at each place.</param>
    /// <param name="keepRoot">Whether a reference to the root may stay: it may not where the schema becomes a part of another.</param>
    public static JsonNode Extract(JsonNode root, IReadOnlyDictionary<string, string> typeNames, bool keepRoot)
    {
        var references = References(root).ToList();
        var pointers = references.Select(reference => (string)reference["$ref"]!).Distinct(StringComparer.Ordinal)
            .Where(pointer => !keepRoot || pointer != "#").ToList();
        if (pointers.Count == 0) return root;

        var targets = pointers.ToDictionary(pointer => pointer, pointer => Resolve(root, pointer), StringComparer.Ordinal);
        var names = Name(pointers, typeNames);
        foreach (var reference in references.Where(reference => names.ContainsKey((string)reference["$ref"]!)))
            reference["$ref"] = $"#/$defs/{names[(string)reference["$ref"]!]}";

        var definitions = new JsonObject();
        foreach (var pointer in pointers.Where(pointer => pointer != "#"))
        {
            targets[pointer].ReplaceWith(new JsonObject { ["$ref"] = $"#/$defs/{names[pointer]}" });
            definitions[names[pointer]] = targets[pointer];
        }

        if (names.TryGetValue("#", out var rootName))
        {
            definitions[rootName] = root;
            root = new JsonObject { ["$ref"] = $"#/$defs/{rootName}" };
        }

        root["$defs"] = definitions;
        return root;
    }

    /// <summary>Moves the definitions of a schema that becomes a part of another to the whole's, under other names where theirs are taken.</summary>
    public static void Move(JsonNode part, JsonObject definitions)
    {
        if (part is not JsonObject schema || schema["$defs"] is not JsonObject own) return;
        var names = own.ToDictionary(entry => $"#/$defs/{entry.Key}", entry => FreeName(entry.Key, entry.Value, definitions), StringComparer.Ordinal);
        foreach (var reference in References(part).ToList())
        {
            if (names.TryGetValue((string)reference["$ref"]!, out var name)) reference["$ref"] = $"#/$defs/{name}";
        }

        schema.Remove("$defs");
        foreach (var (name, definition) in own.ToList())
        {
            own.Remove(name);
            definitions.TryAdd(names[$"#/$defs/{name}"], definition);
        }
    }

    /// <summary>Every object below a node that has a <c>$ref</c>, in the order of the document.</summary>
    public static IEnumerable<JsonObject> References(JsonNode? node)
    {
        if (node is JsonObject schema && schema["$ref"] is JsonValue) yield return schema;
        var children = node switch
        {
            JsonObject item => item.Select(member => member.Value),
            JsonArray items => items,
            _ => [],
        };
        foreach (var reference in children.SelectMany(References)) yield return reference;
    }

    public static JsonNode Resolve(JsonNode root, string pointer) => pointer.Split('/').Skip(1).Select(JsonPointer.Unescape)
        .Aggregate(root, (node, segment) => (node is JsonArray items ? items[int.Parse(segment)] : node[segment])!);

    private static string FreeName(string name, JsonNode? definition, JsonObject taken)
    {
        var (free, number) = (name, 2);
        while (taken.ContainsKey(free) && !JsonNode.DeepEquals(taken[free], definition)) free = name + number++;
        return free;
    }

    private static Dictionary<string, string> Name(IEnumerable<string> pointers, IReadOnlyDictionary<string, string> typeNames)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pointer in pointers)
        {
            var (name, number) = (typeNames[pointer], 2);
            while (names.ContainsValue(name)) name = typeNames[pointer] + number++;
            names[pointer] = name;
        }
        return names;
    }
}
