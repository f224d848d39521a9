using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Sluice.Runtime.Recordings;

/// <summary>
/// Writes the lines of a cassette: a header, then an answer a line, before it whatever its request refers to that no line has yet. A request refers
/// to its last message, and each message to the one before it, so that a conversation takes as much room as it is long.
/// </summary>
internal static class CassetteLines
{
    public const string Format = "sluice-cassette";
    public const int Version = 1;

    public static readonly JsonDocumentOptions Reading = new() { MaxDepth = 1000, AllowDuplicateProperties = false };

    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void WriteHeader(IBufferWriter<byte> output) => WriteLine(output, json =>
    {
        json.WriteString("format", Format);
        json.WriteNumber("version", Version);
    });

    public static void WriteDefinition(IBufferWriter<byte> output, CassetteDefinition definition) => WriteLine(output, json =>
    {
        json.WriteString("define", definition.Hash);
        if (definition.After is not null) json.WriteString("after", definition.After);
        json.WritePropertyName(definition.Name);
        definition.Json.WriteTo(json);
    });

    public static void WriteAnswer(IBufferWriter<byte> output, CassetteRequest request, JsonElement answer) => WriteLine(output, json =>
    {
        json.WriteString("key", request.Key);
        json.WriteStartObject("request");
        foreach (var member in request.Json.EnumerateObject())
        {
            json.WritePropertyName(member.Name);
            if (member.Name == "tools") json.WriteStringValue(request.Tools!.Hash);
            else if (member.Name == "messages") json.WriteStringValue(request.Messages.Count == 0 ? "" : request.Messages[^1].Hash);
            else member.Value.WriteTo(json);
        }

        json.WriteEndObject();
        json.WritePropertyName("answer");
        answer.WriteTo(json);
    });

    /// <summary>A request with its tools and messages in it.</summary>
    public static JsonElement Expand(JsonElement request, JsonElement? tools, IEnumerable<CassetteDefinition> messages)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Writing))
        {
            json.WriteStartObject();
            foreach (var member in request.EnumerateObject())
            {
                json.WritePropertyName(member.Name);
                if (member.Name == "tools") tools!.Value.WriteTo(json);
                else if (member.Name == "messages") WriteMessages(json, messages);
                else member.Value.WriteTo(json);
            }

            json.WriteEndObject();
        }

        return JsonElement.Parse(buffer.WrittenSpan, Reading);
    }

    private static void WriteMessages(Utf8JsonWriter json, IEnumerable<CassetteDefinition> messages)
    {
        json.WriteStartArray();
        foreach (var message in messages) message.Json.WriteTo(json);
        json.WriteEndArray();
    }

    private static void WriteLine(IBufferWriter<byte> output, Action<Utf8JsonWriter> write)
    {
        using (var json = new Utf8JsonWriter(output, Writing))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        output.Write("\n"u8);
    }
}
