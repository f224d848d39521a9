using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Sluice.Runtime.Recordings;

/// <summary>Puts the values of the request at hand in the place of an answer's placeholders.</summary>
internal static class RestoredJson
{
    public static JsonElement Of(JsonElement answer, Placeholders placeholders)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true }))
            Write(writer, answer, placeholders);
        return JsonElement.Parse(buffer.WrittenSpan, CassetteLines.Reading);
    }

    private static void Write(Utf8JsonWriter json, JsonElement value, Placeholders placeholders)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                json.WriteStartObject();
                foreach (var member in value.EnumerateObject())
                {
                    json.WritePropertyName(placeholders.Decode(member.Name));
                    Write(json, member.Value, placeholders);
                }

                json.WriteEndObject();
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (var item in value.EnumerateArray()) Write(json, item, placeholders);
                json.WriteEndArray();
                break;
            case JsonValueKind.String when value.GetString()! is var text:
                if (placeholders.DecodeNumber(text) is { } number && IsNumber(number)) json.WriteRawValue(number);
                else json.WriteStringValue(placeholders.Decode(text));
                break;
            default:
                value.WriteTo(json);
                break;
        }
    }

    private static bool IsNumber(string text)
    {
        try
        {
            return JsonElement.Parse(text).ValueKind == JsonValueKind.Number;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
