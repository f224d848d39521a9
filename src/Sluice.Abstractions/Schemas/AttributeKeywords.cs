using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sluice;

/// <summary>Turns validation attributes into keywords.</summary>
internal static class AttributeKeywords
{
    public static void Apply(JsonObject schema, MemberAttributes attributes, Type type, JsonSerializerOptions options)
    {
        if (attributes.Find<RequiredAttribute>() is not null) ElementNullability.ForbidNull(schema);
        if (attributes.Find<RangeAttribute>() is { } range) ApplyRange(schema, range);
        if (attributes.Find<StringLengthAttribute>() is { } text) ApplySize(schema, text.MinimumLength, text.MaximumLength);
        if (attributes.Find<LengthAttribute>() is { } length) ApplySize(schema, length.MinimumLength, length.MaximumLength);
        if (attributes.Find<MinLengthAttribute>() is { } least) ApplySize(schema, least.Length, null);
        if (attributes.Find<MaxLengthAttribute>() is { Length: >= 0 } most) ApplySize(schema, null, most.Length);
        if (SchemaType.Allows(schema, "string")) ApplyText(schema, attributes);
        if (attributes.Find<AllowedValuesAttribute>() is { } allowed) schema["enum"] = Values(allowed.Values, type, options);
        if (attributes.Find<DeniedValuesAttribute>() is { } denied)
            schema["not"] = new JsonObject { ["enum"] = Values(denied.Values, type, options) };
    }

    private static void ApplyText(JsonObject schema, MemberAttributes attributes)
    {
        if (attributes.Find<RegularExpressionAttribute>() is { } expression) schema["pattern"] = $"^(?:{expression.Pattern})$";
        if (attributes.Find<EmailAddressAttribute>() is not null) schema["format"] = "email";
        if (attributes.Find<UrlAttribute>() is not null) schema["format"] = "uri";
        if (attributes.Find<Base64StringAttribute>() is not null) schema["contentEncoding"] = "base64";
        if (attributes.Find<RequiredAttribute>() is { AllowEmptyStrings: false } && !schema.ContainsKey("minLength")) schema["minLength"] = 1;
    }

    private static void ApplyRange(JsonObject schema, RangeAttribute range)
    {
        if (!SchemaType.Allows(schema, "integer", "number")) return;
        ApplyLimit(schema, "minimum", "exclusiveMinimum", range.Minimum, range.MinimumIsExclusive);
        ApplyLimit(schema, "maximum", "exclusiveMaximum", range.Maximum, range.MaximumIsExclusive);
    }

    private static void ApplyLimit(JsonObject schema, string keyword, string exclusiveKeyword, object limit, bool isExclusive)
    {
        if (ToNumber(limit) is not { } number) return;
        if (isExclusive) schema.Remove(keyword);
        schema[isExclusive ? exclusiveKeyword : keyword] = number;
    }

    /// <summary>The limit as it was written; null for one that excludes nothing, such as <see cref="double.MaxValue"/>.</summary>
    private static JsonValue? ToNumber(object limit) => limit switch
    {
        double number when double.IsInfinity(number) || Math.Abs(number) == double.MaxValue => null,
        double number => JsonValue.Create(number),
        string text when decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
        int or long or decimal => JsonValue.Create(Convert.ToDecimal(limit, CultureInfo.InvariantCulture)),
        _ => null,
    };

    private static void ApplySize(JsonObject schema, int? least, int? most)
    {
        var unit = SchemaType.Allows(schema, "string") ? "Length" : SchemaType.Allows(schema, "array") ? "Items" : "Properties";
        if (least > 0) schema["min" + unit] = least;
        if (most is not null) schema["max" + unit] = most;
    }

    private static JsonArray Values(IEnumerable<object?> values, Type type, JsonSerializerOptions options) =>
        [.. values.Select(value => Value(value, type, options))];

    private static JsonNode? Value(object? value, Type type, JsonSerializerOptions options)
    {
        if (value is null) return null;
        var converted = value is IConvertible && type.IsPrimitive ? Convert.ChangeType(value, type, CultureInfo.InvariantCulture) : value;
        return JsonSerializer.SerializeToNode(converted, converted.GetType(), options);
    }
}
