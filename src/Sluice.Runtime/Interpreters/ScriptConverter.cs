using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sluice.Runtime.Interpreters;

/// <summary>Writes a script as the string that a prompt is.</summary>
internal sealed class ScriptConverter : JsonConverter<Script>
{
    public override Script Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Scripts are written, not read.");

    public override void Write(Utf8JsonWriter writer, Script value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
