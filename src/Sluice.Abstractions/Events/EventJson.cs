using System.Text.Json;

namespace Sluice;

/// <summary>The one JSON form of events.</summary>
internal static class EventJson
{
    public static string Write(RuntimeEvent runtimeEvent) =>
        JsonSerializer.Serialize(runtimeEvent, EventJsonContext.Relaxed.RuntimeEvent);

    public static RuntimeEvent? Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        if (document.RootElement.ValueKind != JsonValueKind.Object
            || !document.RootElement.TryGetProperty("type", out var type) || type.ValueKind != JsonValueKind.String)
            throw new JsonException("An event is a JSON object with a \"type\".");
        return EventJsonContext.Types.Contains(type.GetString()!)
            ? document.RootElement.Deserialize(EventJsonContext.Relaxed.RuntimeEvent)
            : null;
    }
}
