using System.Text.Json;

namespace Sluice.Anthropic.Requests;

/// <summary>The mark after which the prefix of a request is kept in the prompt cache.</summary>
internal static class CacheControl
{
    /// <summary>The mark as the last member of a block.</summary>
    public static ReadOnlyMemory<byte> Member { get; } = ",\"cache_control\":{\"type\":\"ephemeral\"}"u8.ToArray();

    public static void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("cache_control"u8);
        json.WriteString("type"u8, "ephemeral"u8);
        json.WriteEndObject();
    }
}
