using System.Buffers;
using System.Text.Json;

namespace Sluice.Runtime.Interpreters;

/// <summary>Puts earlier results in the place of a script's placeholders.</summary>
internal static class ScriptArguments
{
    public static JsonElement Fill(JsonElement arguments, ScriptResults results)
    {
        if (!arguments.GetRawText().Contains(ScriptResults.Member, StringComparison.Ordinal)) return arguments;
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer)) Write(writer, arguments, results);
        return JsonElement.Parse(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, JsonElement value, ScriptResults results)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object when value.TryGetProperty(ScriptResults.Member, out _):
                results.Resolve(value).WriteTo(writer);
                break;
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in value.EnumerateObject())
                {
                    writer.WritePropertyName(member.Name);
                    Write(writer, member.Value, results);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var element in value.EnumerateArray()) Write(writer, element, results);
                writer.WriteEndArray();
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }
}
