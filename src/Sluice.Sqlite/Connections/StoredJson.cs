using System.Text.Json;
using Sluice.Json;

namespace Sluice.Sqlite.Connections;

/// <summary>Rows as JSON documents.</summary>
internal static class StoredJson
{
    /// <summary>What callers store was checked by them: a row wraps values of the deepest nesting they allow.</summary>
    private static readonly JsonSerializerOptions Options = new(SluiceJson.Options) { MaxDepth = 1000, AllowDuplicateProperties = true };

    private static readonly JsonDocumentOptions AnyDepth = new() { MaxDepth = int.MaxValue };

    public static byte[] Write<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Options);

    public static JsonElement Element(ReadOnlySpan<byte> json) => JsonElement.Parse(json, AnyDepth);

    public static T Read<T>(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize<T>(json, Options)!;
}
