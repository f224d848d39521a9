using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sluice.Evals.Running;

/// <summary>Writes what an envelope tells with all its members; its type stands in the envelope.</summary>
internal sealed class EvalEventDataConverter : JsonConverter<EvalEventData>
{
    public override EvalEventData Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Envelopes are written, not read.");

    public override void Write(Utf8JsonWriter writer, EvalEventData value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value, value.GetType(), options);
}
