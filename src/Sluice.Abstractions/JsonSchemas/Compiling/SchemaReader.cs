using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text.Json;
using Sluice.Json;
using Sluice.JsonSchemas.Evaluating;
using Sluice.JsonSchemas.Patterns;

namespace Sluice.JsonSchemas.Compiling;

/// <summary>Reads the keywords of one schema object; a keyword with a value of the wrong kind becomes a problem and is left out.</summary>
internal sealed class SchemaReader(SchemaLocation location, SchemaCompiler compiler)
{
    public bool Understands(Vocabularies vocabulary) => (location.Resource.Vocabularies & vocabulary) == vocabulary;

    public bool TryGet(string keyword, out JsonElement value) => location.Element.TryGetProperty(keyword, out value);

    public bool TryGet(string keyword, JsonValueKind kind, string expected, out JsonElement value)
    {
        if (!TryGet(keyword, out value)) return false;
        if (value.ValueKind == kind) return true;
        Refuse(keyword, $"{keyword} must be {expected}.");
        return false;
    }

    public bool TryGetFlag(string keyword) => TryGet(keyword, out var value) && value.ValueKind == JsonValueKind.True;

    public string? Text(string keyword) => TryGet(keyword, JsonValueKind.String, "a string", out var value) ? JsonText.Decode(value) : null;

    public byte[]? Number(string keyword) =>
        TryGet(keyword, JsonValueKind.Number, "a number", out var value) ? JsonMarshal.GetRawUtf8Value(value).ToArray() : null;

    /// <summary>A count from 0; one that does not fit is as good as the largest.</summary>
    public long? Count(string keyword)
    {
        if (Number(keyword) is not { } raw) return null;
        if (DecimalNumber.TryReadShortInteger(raw, out var count) && count >= 0) return count;
        var number = DecimalNumber.Parse(raw);
        if (number is { IsNegative: false, IsInteger: true }) return ToInt64(number);
        Refuse(keyword, $"{keyword} must be a whole number, 0 or more.");
        return null;
    }

    public Subschema? Subschema(string keyword) =>
        TryGet(keyword, out var inner) ? compiler.Subschema(location, $"/{keyword}", inner) : null;

    public IReadOnlyList<Subschema> SubschemaList(string keyword)
    {
        if (!TryGet(keyword, JsonValueKind.Array, "an array of schemas", out var list)) return [];
        return [.. list.EnumerateArray().Select((inner, index) => compiler.Subschema(location, $"/{keyword}/{index}", inner))];
    }

    public IReadOnlyList<(string Name, Subschema Schema)> SubschemaMap(string keyword)
    {
        if (!TryGet(keyword, JsonValueKind.Object, "an object of schemas", out var map)) return [];
        return [.. map.EnumerateObject().Select(property => JsonNames.Of(property) is var name
            ? (name, compiler.Subschema(location, $"/{keyword}{JsonPointer.Segment(name)}", property.Value))
            : default)];
    }

    public IReadOnlyList<string> Names(string keyword) =>
        TryGet(keyword, JsonValueKind.Array, "an array of property names", out var list) ? NamesIn(keyword, list) : [];

    public IReadOnlyList<(string Name, IReadOnlyList<string> Names)> NamesMap(string keyword)
    {
        if (!TryGet(keyword, JsonValueKind.Object, "an object with arrays of property names", out var map)) return [];
        var result = new List<(string Name, IReadOnlyList<string> Names)>();
        foreach (var property in map.EnumerateObject())
        {
            var name = JsonNames.Of(property);
            if (property.Value.ValueKind == JsonValueKind.Array)
            {
                result.Add((name, NamesIn($"{keyword}{JsonPointer.Segment(name)}", property.Value)));
            }
            else Refuse($"{keyword}{JsonPointer.Segment(name)}", "must be an array of property names.");
        }
        return result;
    }

    /// <summary>
    /// The keyword of older drafts that became <c>dependentSchemas</c> and <c>dependentRequired</c>; ignoring it would accept too much.
    /// </summary>
    public (List<(string Name, Subschema Schema)> Schemas, List<(string Name, IReadOnlyList<string> Names)> Required) Dependencies()
    {
        var schemas = new List<(string Name, Subschema Schema)>();
        var required = new List<(string Name, IReadOnlyList<string> Names)>();
        if (!TryGet("dependencies", JsonValueKind.Object, "an object", out var map)) return (schemas, required);
        foreach (var property in map.EnumerateObject())
        {
            var name = JsonNames.Of(property);
            var place = $"dependencies{JsonPointer.Segment(name)}";
            if (property.Value.ValueKind == JsonValueKind.Array) required.Add((name, NamesIn(place, property.Value)));
            else schemas.Add((name, compiler.Subschema(location, $"/{place}", property.Value)));
        }
        return (schemas, required);
    }

    public bool TryGetPattern(string place, string source, [NotNullWhen(true)] out SchemaPattern? pattern)
    {
        if (compiler.Patterns.TryGet(source, out pattern, out var problem)) return true;
        Refuse(place, problem);
        return false;
    }

    public Keyword? Reference(string keyword) => Text(keyword) is { } reference ? compiler.Reference(location, keyword, reference) : null;

    public void Refuse(string place, string message) => compiler.Refuse(location, $"/{place}", message);

    private List<string> NamesIn(string place, JsonElement list)
    {
        var names = new List<string>();
        foreach (var name in list.EnumerateArray())
        {
            if (name.ValueKind == JsonValueKind.String) names.Add(JsonText.Decode(name));
            else Refuse(place, "Property names must be strings.");
        }
        return names;
    }

    private static long ToInt64(DecimalNumber number)
    {
        if (number.Magnitude > 18) return long.MaxValue;
        long value = 0;
        for (var i = 0; i < number.Magnitude; i++) value = (value * 10) + (i < number.DigitCount ? number[i] : 0);
        return value;
    }
}
