using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using Sluice.Json;

namespace Sluice;

/// <summary>Derives the JSON Schema (draft 2020-12) of a C# type from the contract that reads and writes it.</summary>
/// <remarks>
/// What the schema accepts can be read as the type, and what the type writes is valid. Two things a schema can't say are found when the value
/// is read: whether a text of a <c>format</c> is one, and an integer written as <c>1.0</c>. Descriptions, ranges, lengths and patterns come
/// from the attributes of <see cref="System.ComponentModel.DataAnnotations"/> and from <c>[Description]</c>, on the property or on the record parameter. The same type gives
/// the same schema, byte for byte.
/// </remarks>
public static class JsonSchemaDerivation
{
    /// <summary>The schema of a type as <see cref="SluiceJson.Options"/> reads it.</summary>
    /// <typeparam name="T">The type.</typeparam>
    public static JsonElement Derive<T>() => Derive(typeof(T), SluiceJson.Options);

    /// <summary>The schema of a type.</summary>
    /// <param name="type">The type.</param>
    /// <param name="options">The settings that will read and write it.</param>
    /// <exception cref="NotSupportedException">The type, or a type it consists of, has no JSON form.</exception>
    public static JsonElement Derive(Type type, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(options);
        return ToElement(DeriveNode(type, options));
    }

    internal static JsonNode DeriveNode(Type type, JsonSerializerOptions options)
    {
        var transform = new SchemaTransform(options);
        return SchemaDefinitions.Extract(Export(type, options, transform), transform.TypeNames, keepRoot: true);
    }

    /// <summary>The schema of a method's parameter, with the attributes and the default value that stand on it.</summary>
    internal static JsonNode DeriveParameter(ParameterInfo parameter, JsonSerializerOptions options)
    {
        var transform = new SchemaTransform(options);
        var schema = Export(parameter.ParameterType, options, transform);
        schema = SchemaDefinitions.Extract(schema, transform.TypeNames, keepRoot: false);
        return transform.DescribeParameter(schema, parameter);
    }

    internal static JsonElement ToElement(JsonNode schema) => JsonSerializer.SerializeToElement(schema, SluiceJson.Options);

    private static JsonNode Export(Type type, JsonSerializerOptions options, SchemaTransform transform) =>
        options.GetJsonSchemaAsNode(type, new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = transform.Apply });
}
