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
        var id = UniqueId(call.CallId, ordinal, parts);
        JsonElement arguments;
        try
        {
            arguments = call.RawRepresentation is JsonElement raw ? raw : ToJson(call.Arguments);
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException or ArgumentException or InvalidOperationException)
        {
            return Broken(id, call.Name, $"The arguments are no JSON: {exception.Message}");
        }

        if (call.Exception is not null) return Broken(id, call.Name, $"The arguments are no JSON: {call.Exception.Message}");
        var size = System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(arguments).Length;
        return size <= maxBytes
            ? new(id, call.Name, arguments)
            : Broken(id, call.Name, $"The arguments are {size} bytes of JSON; the most is {maxBytes}. Pass large values by reference.");
    }

    private static ToolCallPart Broken(string id, string name, string error) => new(id, name, None) { ArgumentsError = error };

    private static string UniqueId(string? id, int ordinal, IReadOnlyList<MessagePart> parts)
    {
        if (string.IsNullOrEmpty(id)) id = $"call-{ordinal}";
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
        var written = JsonElement.Parse(writer.Flush());
        writer.Return();
        return written;
    }
}
