using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Sluice.Json;

namespace Sluice;

/// <summary>Reads a plan's schema and binding off its C# body type.</summary>
internal static class PlanTypes
{
    private const string Actions = "actions";

    public static (JsonElement Schema, PlanBinding? Binding) Derive(Type bodyType, IReadOnlyList<TaggedUnion> unions)
    {
        var options = OptionsWith(unions);
        var schema = JsonSchemaDerivation.DeriveNode(bodyType, options);
        if (ActionTypeOf(bodyType, options) is not { } actionType) return (JsonSchemaDerivation.ToElement(schema), null);

        var contract = options.GetTypeInfo(actionType);
        var kinds = contract.PolymorphismOptions is { } union ? CasesOf(actionType, union) : SingleCase(actionType, contract);
        if (contract.PolymorphismOptions is null) AllowKind(schema, kinds.Keys.Single());
        return (JsonSchemaDerivation.ToElement(schema), new PlanBinding(bodyType, actionType, kinds, options));
    }

    private static JsonSerializerOptions OptionsWith(IReadOnlyList<TaggedUnion> unions)
    {
        if (unions.Count == 0) return SluiceJson.Options;
        var resolver = new DefaultJsonTypeInfoResolver();
        foreach (var union in unions) resolver.Modifiers.Add(union.Modify);
        var options = new JsonSerializerOptions(SluiceJson.Options) { TypeInfoResolver = resolver };
        options.MakeReadOnly();
        return options;
    }

    /// <summary>The element type of the body's actions; null for a body without any, which validation reports, and for untyped ones.</summary>
    private static Type? ActionTypeOf(Type bodyType, JsonSerializerOptions options)
    {
        var actions = options.GetTypeInfo(bodyType).Properties.FirstOrDefault(property => property.Name == Actions);
        if (actions is null) return null;
        var contract = options.GetTypeInfo(actions.PropertyType);
        return contract is { Kind: JsonTypeInfoKind.Enumerable, ElementType: { } element } && options.GetTypeInfo(element).Kind == JsonTypeInfoKind.Object
            ? element
            : null;
    }

    private static Dictionary<string, Type> CasesOf(Type actionType, JsonPolymorphismOptions union)
    {
        if (union.TypeDiscriminatorPropertyName != TaggedUnion.Discriminator)
            throw new ArgumentException(
                $"The actions of type {actionType.Name} are told apart by '{union.TypeDiscriminatorPropertyName}' and must be by '{TaggedUnion.Discriminator}'. " +
                $"Put [JsonPolymorphic(TypeDiscriminatorPropertyName = \"{TaggedUnion.Discriminator}\")] on it.",
                nameof(actionType));

        var unnamed = union.DerivedTypes.FirstOrDefault(type => type.TypeDiscriminator is not string);
        return unnamed.DerivedType is null
            ? union.DerivedTypes.ToDictionary(type => (string)type.TypeDiscriminator!, type => type.DerivedType, StringComparer.Ordinal)
            : throw new ArgumentException($"The action type {unnamed.DerivedType.Name} has no kind. Name it in [JsonDerivedType(typeof({unnamed.DerivedType.Name}), \"…\")].", nameof(union));
    }

    private static Dictionary<string, Type> SingleCase(Type actionType, JsonTypeInfo contract)
    {
        if (actionType.IsAbstract)
            throw new ArgumentException(
                $"The action type {actionType.Name} is abstract and has no cases. Add [JsonPolymorphic] and [JsonDerivedType] to it, or pass TaggedUnion.Of<{actionType.Name}>().",
                nameof(actionType));
        if (contract.Properties.Any(property => property.Name == TaggedUnion.Discriminator))
            throw new ArgumentException(
                $"The action type {actionType.Name} has a member '{TaggedUnion.Discriminator}' of its own, which is what tells actions apart. Rename it, or make the type a union over '{TaggedUnion.Discriminator}'.",
                nameof(actionType));
        return new(StringComparer.Ordinal) { [JsonNamingPolicy.SnakeCaseLower.ConvertName(SchemaTypeName.Of(actionType))] = actionType };
    }

    /// <summary>The only kind may be written, as the runtime does, and may be left out.</summary>
    private static void AllowKind(JsonNode schema, string kind)
    {
        var action = schema["properties"]?[Actions]?["items"];
        while (action?["$ref"] is JsonValue reference) action = SchemaDefinitions.Resolve(schema, (string)reference!);
        if (action is not JsonObject closed) return;
        if (closed["properties"] is not JsonObject) closed["properties"] = new JsonObject();
        closed["properties"]!.AsObject().Insert(0, TaggedUnion.Discriminator, new JsonObject { ["const"] = kind });
    }
}
