using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Sluice.Journal;
using Sluice.Json;
using Sluice.Runtime.Serialization;

namespace Sluice.Runtime.Loop;

/// <summary>Takes a tool call from a client: whatever it holds becomes a call with an id that is unique in its turn, and JSON arguments or an error.</summary>
internal static class CallArguments
{
    private static readonly JsonElement None = JsonElement.Parse("{}");

    public static ToolCallPart Read(FunctionCallContent call, int ordinal, IReadOnlyList<MessagePart> parts, int maxBytes)
    {
        var id = UniqueId(TextPieces.Whole(call.CallId ?? ""), ordinal, parts);
        var name = TextPieces.Whole(call.Name);
        if (call.Exception is not null) return Broken(id, name, $"The arguments are no JSON: {call.Exception.Message}");
        try
        {
            var isRaw = call.RawRepresentation is JsonElement { ValueKind: not JsonValueKind.Undefined };
            var arguments = isRaw ? (JsonElement)call.RawRepresentation! : ToJson(call.Arguments);
            var size = JsonMarshal.GetRawUtf8Value(arguments).Length;
            return size <= maxBytes
                ? new(id, name, isRaw ? SluiceJson.Detach(arguments) : arguments)
                : Broken(id, name, $"The arguments are {size} bytes of JSON; the most is {maxBytes}. Pass large values by reference.");
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException or ArgumentException or InvalidOperationException)
        {
            return Broken(id, name, $"The arguments cannot be used: {exception.Message}");
        }
    }

    private static ToolCallPart Broken(string id, string name, string error) => new(id, name, None) { ArgumentsError = error };

    private static string UniqueId(string id, int ordinal, IReadOnlyList<MessagePart> parts)
    {
        if (id.Length == 0) id = $"call-{ordinal}";
        var candidate = id;
        for (var suffix = 2; IsTaken(candidate, parts); suffix++) candidate = $"{id}-{suffix}";
        return candidate;
    }

    private static bool IsTaken(string id, IReadOnlyList<MessagePart> parts)
    {
        for (var index = 0; index < parts.Count; index++)
        {
            if (parts[index] is ToolCallPart call && call.Id == id) return true;
        }

        return false;
    }

    private static JsonElement ToJson(IDictionary<string, object?>? arguments)
    {
        if (arguments is null || arguments.Count == 0) return None;
        var writer = ReusedJsonWriter.Rent();
        writer.Json.WriteStartObject();
        foreach (var (name, value) in arguments)
        {
            writer.Json.WritePropertyName(name);
            if (value is JsonElement element) element.WriteTo(writer.Json);
            else JsonSerializer.Serialize(writer.Json, value, SluiceJson.Options);
        }

        writer.Json.WriteEndObject();
        var written = SluiceJson.Parse(writer.Flush());
        writer.Return();
        return written;
    }
}
