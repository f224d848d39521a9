using System.Text.Json;
using Sluice.Json;
using Sluice.JsonSchemas.Evaluating;
using Sluice.JsonSchemas.Keywords;

namespace Sluice.JsonSchemas.Compiling;

/// <summary>The validation vocabulary, but for what <see cref="ObjectRulesReader"/> reads.</summary>
internal static class ValidationVocabulary
{
    public static void Read(SchemaReader reader, List<Keyword> keywords)
    {
        if (!reader.Understands(Vocabularies.Validation)) return;
        ReadType(reader, keywords);
        if (reader.TryGet("const", out var constant)) keywords.Add(new AllowedValuesKeyword("const", [constant]));
        if (reader.TryGet("enum", JsonValueKind.Array, "an array", out var values))
        {
            keywords.Add(new AllowedValuesKeyword("enum", [.. values.EnumerateArray()]));
        }
        ReadNumberLimits(reader, keywords);
        ReadTextLimits(reader, keywords);
        ReadSizes(reader, keywords);
        if (reader.TryGetFlag("uniqueItems")) keywords.Add(new UniqueItemsKeyword());
    }

    private static void ReadType(SchemaReader reader, List<Keyword> keywords)
    {
        if (!reader.TryGet("type", out var type)) return;
        var kinds = InstanceKinds.None;
        JsonElement[] names = type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray()] : [type];
        foreach (var name in names) kinds |= KindOf(name, reader);
        keywords.Add(new TypeKeyword(kinds));
    }

    private static InstanceKinds KindOf(JsonElement name, SchemaReader reader)
    {
        switch (name.ValueKind == JsonValueKind.String ? JsonText.Decode(name) : "")
        {
            case "object": return InstanceKinds.Object;
            case "array": return InstanceKinds.Array;
            case "string": return InstanceKinds.String;
            case "number": return InstanceKinds.Number;
            case "integer": return InstanceKinds.Integer;
            case "boolean": return InstanceKinds.Boolean;
            case "null": return InstanceKinds.Null;
            default:
                reader.Refuse("type", "A type must be one of object, array, string, number, integer, boolean and null.");
                return InstanceKinds.None;
        }
    }

    private static void ReadNumberLimits(SchemaReader reader, List<Keyword> keywords)
    {
        if (reader.Number("minimum") is { } minimum)
        {
            keywords.Add(new NumberLimitKeyword("minimum", minimum, isUpper: false, isExclusive: false));
        }
        if (reader.Number("maximum") is { } maximum)
        {
            keywords.Add(new NumberLimitKeyword("maximum", maximum, isUpper: true, isExclusive: false));
        }
        if (reader.Number("exclusiveMinimum") is { } above)
        {
            keywords.Add(new NumberLimitKeyword("exclusiveMinimum", above, isUpper: false, isExclusive: true));
        }
        if (reader.Number("exclusiveMaximum") is { } below)
        {
            keywords.Add(new NumberLimitKeyword("exclusiveMaximum", below, isUpper: true, isExclusive: true));
        }
        if (reader.Number("multipleOf") is not { } divisor) return;
        var number = DecimalNumber.Parse(divisor);
        if (number.IsZero || number.IsNegative) reader.Refuse("multipleOf", "multipleOf must be greater than 0.");
        else if (number.DigitCount > MultipleOfKeyword.MaxDigits)
        {
            reader.Refuse("multipleOf", $"multipleOf must have at most {MultipleOfKeyword.MaxDigits} digits.");
        }
        else keywords.Add(new MultipleOfKeyword(divisor));
    }

    private static void ReadTextLimits(SchemaReader reader, List<Keyword> keywords)
    {
        if (reader.Count("minLength") is { } minimum) keywords.Add(new TextLengthKeyword("minLength", minimum, isMaximum: false));
        if (reader.Count("maxLength") is { } maximum) keywords.Add(new TextLengthKeyword("maxLength", maximum, isMaximum: true));
        if (reader.Text("pattern") is { } source && reader.TryGetPattern("pattern", source, out var pattern))
        {
            keywords.Add(new PatternKeyword(pattern));
        }
    }

    private static void ReadSizes(SchemaReader reader, List<Keyword> keywords)
    {
        AddSize("minItems", JsonValueKind.Array, isMaximum: false);
        AddSize("maxItems", JsonValueKind.Array, isMaximum: true);
        AddSize("minProperties", JsonValueKind.Object, isMaximum: false);
        AddSize("maxProperties", JsonValueKind.Object, isMaximum: true);

        void AddSize(string keyword, JsonValueKind kind, bool isMaximum)
        {
            if (reader.Count(keyword) is { } limit) keywords.Add(new SizeKeyword(keyword, kind, limit, isMaximum));
        }
    }
}
