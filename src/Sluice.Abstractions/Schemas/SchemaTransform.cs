using System.ComponentModel;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace Sluice;

/// <summary>Adds to each node of an exported schema what the exporter leaves out. Children come before their parents.</summary>
internal sealed class SchemaTransform(JsonSerializerOptions options)
{
    private readonly Dictionary<string, string> _typeNames = new(StringComparer.Ordinal);

    /// <summary>The name of the type at each place of the schema, by JSON Pointer.</summary>
    public IReadOnlyDictionary<string, string> TypeNames => _typeNames;

    public JsonNode Apply(JsonSchemaExporterContext context, JsonNode node)
    {
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        _typeNames[Pointer(context.Path)] = SchemaTypeName.Of(type);
        var attributes = MemberAttributes.Of(context.PropertyInfo);
        if (node is not JsonObject schema) return Describe([], attributes, type) is { Count: > 0 } described && IsTrue(node) ? described : node;
        if (schema.ContainsKey("$ref")) return schema;

        schema.Remove("$comment");
        TypeKeywords.Complete(schema, type, context.TypeInfo, options);
        if (context.PropertyInfo is { } property) CompleteMember(schema, property, attributes, type);
        return Describe(schema, attributes, type);
    }

    public JsonNode DescribeParameter(JsonNode node, ParameterInfo parameter)
    {
        var attributes = new MemberAttributes(parameter.GetCustomAttributes(inherit: true).OfType<Attribute>());
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        if (node is not JsonObject schema) return Describe([], attributes, type);
        var nullability = new NullabilityInfoContext().Create(parameter);
        ElementNullability.Apply(schema, nullability);
        if (nullability.ReadState == NullabilityState.Nullable) ElementNullability.AllowNull(schema);
        AttributeKeywords.Apply(schema, attributes, type, options);
        if (parameter.HasDefaultValue) schema["default"] = JsonSerializer.SerializeToNode(parameter.DefaultValue, parameter.ParameterType, options);
        return Describe(schema, attributes, type);
    }

    private void CompleteMember(JsonObject schema, JsonPropertyInfo property, MemberAttributes attributes, Type type)
    {
        if (property.AttributeProvider is PropertyInfo member) ElementNullability.Apply(schema, new NullabilityInfoContext().Create(member));
        AttributeKeywords.Apply(schema, attributes, type, options);
        if (property is { Set: null, AssociatedParameter: null }) schema["readOnly"] = true;
        if (attributes.Find<DefaultValueAttribute>() is { } preset && !schema.ContainsKey("default"))
            schema["default"] = JsonSerializer.SerializeToNode(preset.Value, property.PropertyType, options);
    }

    private static JsonObject Describe(JsonObject schema, MemberAttributes attributes, Type type)
    {
        var description = attributes.Find<DescriptionAttribute>() ?? type.GetCustomAttribute<DescriptionAttribute>(inherit: false);
        if (description is null) return schema;
        var text = description.Description;
        if (TypeKeywords.IsHandle(type)) text = $"{text.TrimEnd('.')}. {TypeKeywords.DescribeHandle(type)}";
        schema.Remove("description");
        schema.Insert(0, "description", text);
        return schema;
    }

    private static bool IsTrue(JsonNode node) => node.GetValueKind() == JsonValueKind.True;

    private static string Pointer(ReadOnlySpan<string> path)
    {
        var pointer = "#";
        foreach (var segment in path) pointer += Json.JsonPointer.Segment(segment);
        return pointer;
    }
}
