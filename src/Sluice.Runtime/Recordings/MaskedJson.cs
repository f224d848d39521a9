using System.Text.Json;
using System.Text.RegularExpressions;
using Sluice.Json;

namespace Sluice.Runtime.Recordings;

/// <summary>
/// Writes JSON with placeholders for what differs from run to run. In a request members are ordered, and every new value gets a placeholder.
/// </summary>
internal sealed partial class MaskedJson(Utf8JsonWriter json, Placeholders placeholders, bool isRequest)
{
    public Utf8JsonWriter Json => json;

    public void WriteString(string name, string? value)
    {
        if (value is not null) json.WriteString(name, Encode(value));
    }

    public void WriteValue(string name, JsonElement value)
    {
        json.WritePropertyName(name);
        WriteValue(value);
    }

    public void WriteValue(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(value);
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (var item in value.EnumerateArray()) WriteValue(item);
                json.WriteEndArray();
                break;
            case JsonValueKind.String:
                json.WriteStringValue(Encode(value.GetString()!));
                break;
            case JsonValueKind.Number when placeholders.EncodeNumber(value.GetRawText(), isRequest) is { } number:
                json.WriteStringValue(number);
                break;
            default:
                value.WriteTo(json);
                break;
        }
    }

    /// <summary>Writes a value from outside; one that is no proper JSON is written under the second name, as the text that it is.</summary>
    public void WriteForeign(string name, string nameOfText, JsonElement value)
    {
        JsonElement detached;
        try
        {
            detached = SluiceJson.Detach(value);
        }
        catch (JsonException)
        {
            WriteString(nameOfText, value.ValueKind == JsonValueKind.Undefined ? "" : value.GetRawText());
            return;
        }

        WriteValue(name, detached);
    }

    private void WriteObject(JsonElement value)
    {
        var (isEnvelope, isQueryResult) = isRequest ? (IsEnvelope(value), IsQueryResult(value)) : default;
        json.WriteStartObject();
        IEnumerable<JsonProperty> members = value.EnumerateObject();
        if (isRequest) members = members.OrderBy(member => placeholders.Shape(member.Name), StringComparer.Ordinal);
        HashSet<string>? redacted = null;
        foreach (var member in members)
        {
            var name = Encode(member.Name);
            // Two members that are named by secrets must not become one.
            if (name.Contains(ValuePatterns.Redacted, StringComparison.Ordinal)) name = Distinct(name, redacted ??= []);
            json.WritePropertyName(name);
            var isTime = (isEnvelope && member is { Name: "createdAt" or "expiresAt", Value.ValueKind: JsonValueKind.String })
                || (isQueryResult && member is { Name: "elapsedMs", Value.ValueKind: JsonValueKind.Number });
            if (isTime) json.WriteStringValue(Placeholders.Time);
            else WriteValue(member.Value);
        }

        json.WriteEndObject();
    }

    private static string Distinct(string name, HashSet<string> names)
    {
        while (!names.Add(name)) name += "*";
        return name;
    }

    private string Encode(string text) => placeholders.Encode(text, isRequest);

    /// <summary>Whether the value is a reference with its times: what a tool returns that created one.</summary>
    private static bool IsEnvelope(JsonElement value) =>
        value.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String && ReferenceId().IsMatch(id.GetString()!);

    /// <summary>Whether the value is the answer of a query, which says how long it took.</summary>
    private static bool IsQueryResult(JsonElement value) => value.TryGetProperty("queryHash", out var hash) && hash.ValueKind == JsonValueKind.String;

    [GeneratedRegex("^ref-[0-9a-f]{32}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ReferenceId();
}
