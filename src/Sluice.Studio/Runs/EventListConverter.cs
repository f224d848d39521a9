using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sluice.Studio.Runs;

/// <summary>Writes events in the one form that they have everywhere.</summary>
internal sealed class EventListConverter : JsonConverter<IReadOnlyList<RuntimeEvent>>
{
    public override IReadOnlyList<RuntimeEvent> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Events are written, not read.");

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<RuntimeEvent> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var runtimeEvent in value) writer.WriteRawValue(runtimeEvent.ToJson(), skipInputValidation: true);
        writer.WriteEndArray();
    }
}
