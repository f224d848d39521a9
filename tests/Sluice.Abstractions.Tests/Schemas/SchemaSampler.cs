using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sluice.Tests.Schemas;

/// <summary>Makes random values that a derived schema accepts, by following its keywords.</summary>
internal sealed class SchemaSampler(JsonElement root, int seed)
{
    private static readonly JsonElement Anything = JsonElement.Parse("true");

    private readonly Random _random = new(seed);

    public JsonNode? Next() => Make(root, depth: 0);

    private JsonNode? Make(JsonElement schema, int depth)
    {
        if (schema.ValueKind == JsonValueKind.True) return Pick<JsonNode?>([null, 1, "any", new JsonArray(true), new JsonObject { ["x"] = 1.5 }]);
        if (schema.TryGetProperty("$ref", out var reference)) return Make(Resolve(reference.GetString()!), depth);
        if (schema.TryGetProperty("const", out var constant)) return JsonNode.Parse(constant.GetRawText());
        if (schema.TryGetProperty("enum", out var values)) return JsonNode.Parse(Pick([.. values.EnumerateArray()]).GetRawText());
        var type = PickType(schema, depth);
        return type switch
        {
            "null" => null,
            "boolean" => _random.Next(2) == 0,
            "integer" => MakeInteger(schema),
            "number" => MakeNumber(schema),
            "string" => MakeText(schema),
            "array" => MakeArray(schema, depth),
            "object" => MakeObject(schema, depth),
            _ => Make(Pick([.. schema.GetProperty("anyOf").EnumerateArray()]), depth),
        };
    }

    private string? PickType(JsonElement schema, int depth)
    {
        if (!schema.TryGetProperty("type", out var type)) return null;
        if (type.ValueKind == JsonValueKind.String) return type.GetString();
        string[] names = [.. type.EnumerateArray().Select(name => name.GetString()!)];
        return depth > 4 && names.Contains("null") ? "null" : Pick(names);
    }

    private JsonValue MakeInteger(JsonElement schema)
    {
        var (least, most) = (Int128.Parse(Raw(schema, "minimum", "-5")), Int128.Parse(Raw(schema, "maximum", "5")));
        Int128[] candidates = [least, most, least + 1, most - 1, Int128.Clamp(_random.Next(-100, 100), least, most)];
        return JsonNode.Parse(Pick(candidates).ToString(CultureInfo.InvariantCulture))!.AsValue();
    }

    private JsonValue MakeNumber(JsonElement schema)
    {
        var least = double.Parse(Raw(schema, "minimum", Raw(schema, "exclusiveMinimum", "-1e300")), CultureInfo.InvariantCulture);
        var most = double.Parse(Raw(schema, "maximum", Raw(schema, "exclusiveMaximum", "1e300")), CultureInfo.InvariantCulture);
        var middle = (least / 2) + (most / 2);
        var edge = schema.TryGetProperty("minimum", out var limit) ? limit.GetRawText() : middle.ToString("R", CultureInfo.InvariantCulture);
        return JsonNode.Parse(Pick([edge, middle.ToString("R", CultureInfo.InvariantCulture)]))!.AsValue();
    }

    private string MakeText(JsonElement schema)
    {
        var text = Raw(schema, "pattern", "") switch
        {
            "" => null,
            "^ref-[0-9a-f]{32}$" => "ref-" + Convert.ToHexStringLower(Bytes(16)),
            "^(?:[A-Z]{3}|x)$" => Pick(["ABC", "x"]),
            var pattern when pattern.Contains("\\d{2}:\\d{2}", StringComparison.Ordinal) => Pick(["00:00:00", "-1.02:03:04.5000000", "23:59:59"]),
            var pattern => throw new NotSupportedException(pattern),
        };
        text ??= Raw(schema, "format", Raw(schema, "contentEncoding", "")) switch
        {
            "uuid" => new Guid(Bytes(16)).ToString(),
            "date-time" => "2026-02-28T23:59:59.123+02:00",
            "date" => "2026-02-28",
            "time" => "23:59:59",
            "uri" => "https://example.com/a?b=c",
            "email" => "ana@example.com",
            "base64" => Convert.ToBase64String(Bytes(_random.Next(4))),
            _ => null,
        };
        if (text is not null) return text;
        var (least, most) = (int.Parse(Raw(schema, "minLength", "0")), int.Parse(Raw(schema, "maxLength", "12")));
        return new string('ä', Math.Max(least, Math.Min(most, Math.Max(5, least))));
    }

    private JsonArray MakeArray(JsonElement schema, int depth)
    {
        var (least, most) = (int.Parse(Raw(schema, "minItems", "0")), int.Parse(Raw(schema, "maxItems", "3")));
        var count = depth > 4 ? least : _random.Next(least, most + 1);
        var items = Enumerable.Range(0, count).Select(_ => Make(schema.TryGetProperty("items", out var item) ? item : Anything, depth + 1)).ToList();
        return schema.TryGetProperty("uniqueItems", out _) ? [.. items.DistinctBy(item => item?.ToJsonString())] : [.. items];
    }

    private JsonObject MakeObject(JsonElement schema, int depth)
    {
        var value = new JsonObject();
        if (schema.TryGetProperty("anyOf", out var branches)) value = MakeBranch(Pick([.. branches.EnumerateArray()]), depth);
        AddProperties(value, schema, depth);
        if (!schema.TryGetProperty("additionalProperties", out var others) || others.ValueKind == JsonValueKind.False) return value;
        var names = schema.TryGetProperty("propertyNames", out var allowed) ? allowed.GetProperty("enum").EnumerateArray().Select(name => name.GetString()!) : ["a", "b c"];
        foreach (var name in names.Take(int.Parse(Raw(schema, "maxProperties", "2")))) value[name] = Make(others, depth + 1);
        return value;
    }

    private JsonObject MakeBranch(JsonElement branch, int depth)
    {
        var value = new JsonObject();
        AddProperties(value, branch, depth);
        return value;
    }

    private void AddProperties(JsonObject value, JsonElement schema, int depth)
    {
        if (!schema.TryGetProperty("properties", out var properties)) return;
        var required = schema.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(name => name.GetString()!).ToHashSet() : [];
        foreach (var property in properties.EnumerateObject())
        {
            var isKept = required.Contains(property.Name) || property.Value.ValueKind == JsonValueKind.Object && property.Value.TryGetProperty("const", out _);
            if (isKept || _random.Next(2) == 0) value[property.Name] = Make(property.Value, depth + 1);
        }
    }

    private JsonElement Resolve(string reference) => reference.Split('/').Skip(1).Aggregate(root, (node, segment) => node.GetProperty(segment));

    private byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        _random.NextBytes(bytes);
        return bytes;
    }

    private T Pick<T>(T[] choices) => choices[_random.Next(choices.Length)];

    private static string Raw(JsonElement schema, string keyword, string otherwise) =>
        schema.TryGetProperty(keyword, out var value) ? value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText() : otherwise;
}
