using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Sluice.Anthropic.Requests;

/// <summary>Images and documents, given as bytes or as a URL.</summary>
internal static class MediaBlocks
{
    private const string Pdf = "application/pdf";

    public static void Write(Utf8JsonWriter json, DataContent data)
    {
        if (data.HasTopLevelMediaType("text")) WriteSource(json, "document"u8, "text"u8, "text/plain", Encoding.UTF8.GetString(data.Data.Span));
        else WriteBytes(json, TypeOf(data.MediaType), data);
    }

    public static void Write(Utf8JsonWriter json, UriContent uri)
    {
        Start(json, TypeOf(uri.MediaType), "url"u8);
        json.WriteString("url"u8, uri.Uri.AbsoluteUri);
        End(json);
    }

    private static void WriteBytes(Utf8JsonWriter json, ReadOnlySpan<byte> type, DataContent data)
    {
        Start(json, type, "base64"u8);
        json.WriteString("media_type"u8, data.MediaType);
        json.WriteBase64String("data"u8, data.Data.Span);
        End(json);
    }

    private static void WriteSource(Utf8JsonWriter json, ReadOnlySpan<byte> type, ReadOnlySpan<byte> sourceType, string mediaType, string text)
    {
        Start(json, type, sourceType);
        json.WriteString("media_type"u8, mediaType);
        json.WriteString("data"u8, text);
        End(json);
    }

    private static ReadOnlySpan<byte> TypeOf(string mediaType)
    {
        if (mediaType.StartsWith("image/", StringComparison.OrdinalIgnoreCase)) return "image"u8;
        if (mediaType.Equals(Pdf, StringComparison.OrdinalIgnoreCase)) return "document"u8;
        throw Unsendable.Of($"data of the media type '{mediaType}'");
    }

    private static void Start(Utf8JsonWriter json, ReadOnlySpan<byte> type, ReadOnlySpan<byte> sourceType)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, type);
        json.WriteStartObject("source"u8);
        json.WriteString("type"u8, sourceType);
    }

    private static void End(Utf8JsonWriter json)
    {
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
