using System.Text.Json;
using Sluice.Json;

namespace Sluice.Postgres.Connections;

/// <summary>Rows that are kept as documents.</summary>
internal static class StoredJson
{
    /// <summary>What callers store was checked by them: a value of the greatest depth they allow stands some levels deep in its row.</summary>
    private static readonly JsonSerializerOptions Options = new(SluiceJson.Options) { MaxDepth = 16 * SluiceJson.MaxDepth, AllowDuplicateProperties = true };

    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 16 * SluiceJson.MaxDepth };

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    public static T Read<T>(string text) => JsonSerializer.Deserialize<T>(text, Options)!;

    public static T Read<T>(ReadOnlySpan<byte> utf8) => JsonSerializer.Deserialize<T>(utf8, Options)!;

    public static string Text(JsonElement element) => JsonSerializer.Serialize(element, Options);

    public static JsonElement Element(string text) => JsonElement.Parse(text, Deep);
}
