using System.Reflection;
using System.Text.Json.Nodes;

namespace Sluice;

/// <summary>Lets the elements of lists and maps be null where C# says so; a contract knows nullability of members only.</summary>
internal static class ElementNullability
{
    public static void Apply(JsonObject schema, NullabilityInfo nullability)
    {
        var element = nullability.ElementType ?? nullability.GenericTypeArguments.LastOrDefault();
        var keyword = schema.ContainsKey("items") ? "items" : "additionalProperties";
        if (element is null || schema[keyword] is not JsonObject elements) return;
        Apply(elements, element);
        if (element.ReadState != NullabilityState.Nullable) return;
        if (elements.ContainsKey("$ref"))
            schema[keyword] = new JsonObject { ["anyOf"] = new JsonArray(elements.DeepClone(), new JsonObject { ["type"] = "null" }) };
        else
            AllowNull(elements);
    }

    public static void AllowNull(JsonObject schema)
    {
        if (schema["type"] is null || SchemaType.Allows(schema, "null")) return;
        schema["type"] = new JsonArray([.. SchemaType.Names(schema).Append("null").Select(name => JsonValue.Create(name))]);
        if (schema["enum"] is JsonArray values && !values.Contains(null)) values.Add(null);
    }

    public static void ForbidNull(JsonObject schema)
    {
        if (!SchemaType.Allows(schema, "null")) return;
        var others = SchemaType.Names(schema).Where(name => name != "null").ToList();
        schema["type"] = others.Count == 1 ? others[0] : new JsonArray([.. others.Select(name => JsonValue.Create(name))]);
        if (schema["enum"] is JsonArray values) values.Remove(null);
    }
}
