using System.Text;
using Sluice.JsonSchemas.Evaluating;
using Sluice.JsonSchemas.Keywords;
using Sluice.JsonSchemas.Patterns;

namespace Sluice.JsonSchemas.Compiling;

/// <summary>Gathers the keywords about properties into one table, so that an object is walked once.</summary>
internal static class ObjectRulesReader
{
    /// <summary>The rules, or null where the schema has none.</summary>
    public static ObjectRules? Read(SchemaReader reader)
    {
        var applies = reader.Understands(Vocabularies.Applicator);
        var asserts = reader.Understands(Vocabularies.Validation);
        var properties = applies ? reader.SubschemaMap("properties") : [];
        var patterns = applies ? ReadPatterns(reader) : [];
        var additional = applies ? reader.Subschema("additionalProperties") : null;
        var nameSchema = applies ? reader.Subschema("propertyNames") : null;
        var (oldSchemas, oldRequired) = applies && asserts ? reader.Dependencies() : ([], []);
        List<(string Name, Subschema Schema)> dependentSchemas = [.. applies ? reader.SubschemaMap("dependentSchemas") : [], .. oldSchemas];
        var required = asserts ? reader.Names("required") : [];
        List<(string Name, IReadOnlyList<string> Names)> dependentRequired =
            [.. asserts ? reader.NamesMap("dependentRequired") : [], .. oldRequired];
        var count = properties.Count + patterns.Count + dependentSchemas.Count + required.Count + dependentRequired.Count;
        if (count == 0 && additional is null && nameSchema is null)
        {
            return null;
        }

        var indexes = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (name, _) in properties) IndexOf(name);
        List<int> requiredIndexes = [.. required.Select(IndexOf)];
        List<(int Index, List<int> Required)> dependentIndexes =
            [.. dependentRequired.Select(rule => (IndexOf(rule.Name), rule.Names.Select(IndexOf).ToList()))];
        List<(int Index, Subschema Schema)> dependents = [.. dependentSchemas.Select(rule => (IndexOf(rule.Name), rule.Schema))];
        var schemas = new Subschema?[indexes.Count];
        foreach (var (name, schema) in properties) schemas[indexes[name]] = schema;
        return new ObjectRules
        {
            Names = new Utf8Table(indexes.Keys.Select(Encoding.UTF8.GetBytes)),
            Schemas = schemas,
            Patterns = patterns,
            Additional = additional,
            NameSchema = nameSchema,
            Presence = new PresenceRules(requiredIndexes, dependentIndexes, dependents, indexes.Count),
        };

        int IndexOf(string name)
        {
            if (!indexes.TryGetValue(name, out var index)) indexes.Add(name, index = indexes.Count);
            return index;
        }
    }

    private static List<(SchemaPattern Pattern, Subschema Schema)> ReadPatterns(SchemaReader reader)
    {
        var patterns = new List<(SchemaPattern Pattern, Subschema Schema)>();
        foreach (var (source, schema) in reader.SubschemaMap("patternProperties"))
        {
            if (reader.TryGetPattern("patternProperties" + Json.JsonPointer.Segment(source), source, out var pattern))
            {
                patterns.Add((pattern, schema));
            }
        }
        return patterns;
    }
}
