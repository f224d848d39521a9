using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Sluice.Json;

namespace Sluice;

/// <summary>The one JSON form of events.</summary>
internal static class EventJson
{
    private static readonly JsonTypeInfo<RuntimeEvent> TypeInfo = WireJson.CreateOptions().TypeOf<RuntimeEvent>();

    private static readonly HashSet<string> Types = typeof(RuntimeEvent).GetCustomAttributes<JsonDerivedTypeAttribute>()
        .Select(attribute => (string)attribute.TypeDiscriminator!).ToHashSet(StringComparer.Ordinal);

    public static string Write(RuntimeEvent runtimeEvent) => JsonSerializer.Serialize(runtimeEvent, TypeInfo);

    public static RuntimeEvent? Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        if (document.RootElement.ValueKind != JsonValueKind.Object
            || !document.RootElement.TryGetProperty("type", out var type) || type.ValueKind != JsonValueKind.String)
            throw new JsonException("An event is a JSON object with a \"type\".");
        return Types.Contains(type.GetString()!) ? document.RootElement.Deserialize(TypeInfo) : null;
    }
}
