using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sluice.Json;

/// <summary>Tells a member that is JSON <c>null</c>, such as the result of a tool that answers null, from one that is not there.</summary>
internal sealed class NullableElementConverter : JsonConverter<JsonElement?>
{
    public override bool HandleNull => true;

    public override JsonElement? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonElement.ParseValue(ref reader);

    public override void Write(Utf8JsonWriter writer, JsonElement? value, JsonSerializerOptions options)
    {
        if (value is { } element) element.WriteTo(writer);
        else writer.WriteNullValue();
    }
}
