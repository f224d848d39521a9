using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Sluice;

/// <summary>What a type alone says: closed objects, limits of integers, names of enums, handles of stored values.</summary>
internal static class TypeKeywords
{
    public const string ReferenceIdPattern = "^ref-[0-9a-f]{32}$";

    private static readonly Dictionary<Type, (string Least, string Most)> NumberLimits = new()
    {
        [typeof(sbyte)] = ("-128", "127"),
        [typeof(byte)] = ("0", "255"),
        [typeof(short)] = ("-32768", "32767"),
        [typeof(ushort)] = ("0", "65535"),
        [typeof(int)] = ("-2147483648", "2147483647"),
        [typeof(uint)] = ("0", "4294967295"),
        [typeof(long)] = ("-9223372036854775808", "9223372036854775807"),
        [typeof(ulong)] = ("0", "18446744073709551615"),
        [typeof(Int128)] = ("-170141183460469231731687303715884105728", "170141183460469231731687303715884105727"),
        [typeof(UInt128)] = ("0", "340282366920938463463374607431768211455"),
        [typeof(decimal)] = ("-79228162514264337593543950335", "79228162514264337593543950335"),
    };

    public static void Complete(JsonObject schema, Type type, JsonTypeInfo contract, JsonSerializerOptions options)
    {
        if (type.IsEnum) CompleteEnum(schema);
        if (NumberLimits.TryGetValue(type, out var limits) && SchemaType.Allows(schema, "integer", "number"))
            (schema["minimum"], schema["maximum"]) = (JsonNode.Parse(limits.Least), JsonNode.Parse(limits.Most));
        if (type == typeof(byte[])) schema["contentEncoding"] = "base64";
        if (contract.Kind == JsonTypeInfoKind.Object) CompleteObject(schema, type, contract);
        if (contract.Kind == JsonTypeInfoKind.Dictionary) CompleteKeys(schema, contract, options);
        if (contract is { Kind: JsonTypeInfoKind.Enumerable, ElementType: { } element } && IsSet(type) && HasPlainEquality(element))
            schema["uniqueItems"] = true;
    }

    private static void CompleteEnum(JsonObject schema)
    {
        if (schema["enum"] is not JsonArray names || schema.ContainsKey("type")) return;
        schema.Insert(0, "type", "string");
        if (names.Contains(null)) ElementNullability.AllowNull(schema);
    }

    private static void CompleteObject(JsonObject schema, Type type, JsonTypeInfo contract)
    {
        if (IsHandle(type)) CompleteHandle(schema, type);
        RequireMarked(schema, contract);
        if (schema.ContainsKey("anyOf") || schema.ContainsKey("additionalProperties")) return;
        schema["additionalProperties"] = false;
    }

    public static bool IsHandle(Type type) =>
        type == typeof(ReferenceHandle) || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Ref<>));

    public static string DescribeHandle(Type type) =>
        $"The handle of a stored {(type.IsGenericType ? SchemaTypeName.Of(type.GetGenericArguments()[0]) : "value")}.";

    /// <summary>Members marked <c>[Required]</c>, which the serializer itself does not enforce.</summary>
    private static void RequireMarked(JsonObject schema, JsonTypeInfo contract)
    {
        var marked = contract.Properties.Where(property => MemberAttributes.Of(property).Find<RequiredAttribute>() is not null)
            .Select(property => property.Name).Where(name => schema["properties"]?[name] is not null).ToList();
        if (marked.Count == 0) return;
        var required = (schema["required"] as JsonArray)?.Select(name => (string)name!) ?? [];
        schema["required"] = new JsonArray([.. required.Union(marked, StringComparer.Ordinal).Select(name => JsonValue.Create(name))]);
    }

    private static void CompleteHandle(JsonObject schema, Type type)
    {
        schema.Insert(0, "description", DescribeHandle(type));
        if (schema["properties"]?["id"] is JsonObject id) id["pattern"] = ReferenceIdPattern;
    }

    private static void CompleteKeys(JsonObject schema, JsonTypeInfo contract, JsonSerializerOptions options)
    {
        if (contract.KeyType is not { IsEnum: true } keyType) return;
        // The names are taken from what is written, because naming policies and attributes may change them.
        var names = Enum.GetValues(keyType).Cast<object>().Select(value => JsonSerializer.SerializeToNode(value, keyType, options));
        schema["propertyNames"] = new JsonObject { ["enum"] = new JsonArray([.. names.DistinctBy(name => name?.ToJsonString())]) };
    }

    private static bool IsSet(Type type) => type.GetInterfaces().Append(type).Any(candidate =>
        candidate.IsGenericType && candidate.GetGenericTypeDefinition() is var definition
        && (definition == typeof(ISet<>) || definition == typeof(IReadOnlySet<>)));

    private static bool HasPlainEquality(Type type) => type == typeof(string) || type == typeof(Guid) || type.IsPrimitive || type.IsEnum;
}
