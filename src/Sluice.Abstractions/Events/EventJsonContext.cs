using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sluice;

[JsonSerializable(typeof(RuntimeEvent))]
internal sealed partial class EventJsonContext : JsonSerializerContext
{
    /// <summary>Text of people and models stays readable: it is only ever embedded in JSON, never in HTML.</summary>
    public static EventJsonContext Relaxed { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        AllowOutOfOrderMetadataProperties = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public static IReadOnlySet<string> Types { get; } = typeof(RuntimeEvent).GetCustomAttributes<JsonDerivedTypeAttribute>()
        .Select(attribute => (string)attribute.TypeDiscriminator!).ToHashSet(StringComparer.Ordinal);
}
