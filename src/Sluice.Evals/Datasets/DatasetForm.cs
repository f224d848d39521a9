using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sluice.Evals.Datasets;

/// <summary>
/// Turns a dataset as people write it into the one form that is read: an object with cases, keys in camelCase, calls and actions as objects.
/// What it cannot turn it leaves as it is, for the schema to refuse.
/// </summary>
internal sealed class DatasetForm(List<SpecError> errors)
{
    // Their members are the author's.
    private static readonly string[] FreeKeys = ["script", "context", "arguments", "payload", "rows"];

    public JsonNode? Of(JsonElement written) =>
        written.ValueKind == JsonValueKind.Array ? new JsonObject { ["cases"] = Read(written, "cases", "cases") } : Read(written, "", "");

    /// <summary>A value under a key; an item of a list counts as under the list's.</summary>
    private JsonNode? Read(JsonElement value, string key, string path) => value.ValueKind switch
    {
        _ when FreeKeys.Contains(key, StringComparer.Ordinal) => Copy(value),
        JsonValueKind.Array => new JsonArray([.. value.EnumerateArray().Select((item, index) => ReadItem(item, key, $"{path}[{index}]"))]),
        JsonValueKind.Object => ReadObject(value, path),
        // 3.0 is a whole number too, and the reader of numbers is stricter than JSON.
        JsonValueKind.Number when !value.TryGetInt64(out _) && value.TryGetDecimal(out var number) && number == decimal.Truncate(number)
            && Math.Abs(number) <= int.MaxValue => JsonValue.Create((long)number),
        _ => Copy(value),
    };

    private JsonNode? ReadItem(JsonElement item, string key, string path) => (key, item.ValueKind) switch
    {
        ("expectedTrajectory", JsonValueKind.String) => new JsonObject { ["name"] = Copy(item) },
        ("planned" or "executed", JsonValueKind.Object) => ReadAction(item, path),
        _ => Read(item, key, path),
    };

    private JsonObject ReadObject(JsonElement value, string path)
    {
        var result = new JsonObject();
        foreach (var member in value.EnumerateObject())
        {
            var camelCase = InCamelCase(member.Name);
            var key = DatasetSchema.KnownKeys.Contains(camelCase) ? camelCase : member.Name;
            var place = path.Length == 0 ? key : $"{path}.{key}";
            if (!result.TryAdd(key, Read(member.Value, key, place)))
                errors.Add(new(SpecErrorCodes.DuplicateProperty, place, $"\"{key}\" is given twice, once in camelCase and once in snake_case. Keep one."));
        }

        return result;
    }

    private JsonObject ReadAction(JsonElement action, string path)
    {
        var kindKey = action.TryGetProperty("kind", out var kind) ? "kind" : "type";
        if (kindKey == "type" && !action.TryGetProperty("type", out kind))
        {
            errors.Add(new(SpecErrorCodes.MissingProperty, path, "An action needs its \"kind\", which may also be called \"type\"."));
            return [];
        }

        var others = action.EnumerateObject().Where(member => member.Name != kindKey);
        if (!action.TryGetProperty("payload", out var payload))
            return new() { ["kind"] = Copy(kind), ["payload"] = new JsonObject(others.Select(member => KeyValuePair.Create(member.Name, Copy(member.Value)))) };
        foreach (var name in others.Select(member => member.Name).Where(name => name != "payload"))
        {
            errors.Add(new(
                SpecErrorCodes.UnknownProperty, $"{path}.{name}",
                $"\"{name}\" stands beside \"payload\". Put it in there, or write all members beside \"{kindKey}\" and leave \"payload\" out."));
        }

        return new() { ["kind"] = Copy(kind), ["payload"] = Copy(payload) };
    }

    private static JsonNode? Copy(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => JsonObject.Create(value),
        JsonValueKind.Array => JsonArray.Create(value),
        _ => JsonValue.Create(value),
    };

    private static string InCamelCase(string name)
    {
        var words = name.Split('_');
        return words.Length == 1 || words.Any(word => word.Length == 0)
            ? name : string.Concat(words.Select((word, index) => index == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));
    }
}
