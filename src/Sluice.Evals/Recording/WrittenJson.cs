using System.Buffers;
using System.Text.Json;

namespace Sluice.Evals.Recording;

/// <summary>JSON values that are written member by member.</summary>
internal static class WrittenJson
{
    public static JsonElement Of(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer)) write(writer);
        return JsonElement.Parse(buffer.WrittenSpan);
    }
}
