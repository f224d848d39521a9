using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Sluice.Runtime.References;

/// <summary>Walks JSON by JSON Pointer (RFC 6901).</summary>
internal static class JsonPointerPath
{
    private const int MostBytes = 80;

    /// <summary>The unescaped segments; none for the whole document.</summary>
    public static IEnumerable<string> Split(string pointer)
    {
        if (pointer.Length == 0) return [];
        var trimmed = pointer[0] == '/' ? pointer[1..] : pointer;
        return trimmed.Split('/').Select(segment => segment.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal));
    }

    /// <summary>A member's name as a segment.</summary>
    public static string Escape(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    /// <summary>The member or element; null when there is none.</summary>
    public static JsonElement? Step(JsonElement value, string segment) => value.ValueKind switch
    {
        JsonValueKind.Object when value.TryGetProperty(segment, out var member) => member,
        JsonValueKind.Array when int.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            && index < value.GetArrayLength() => value[index],
        _ => null,
    };

    /// <summary>The beginning of a value's text, for messages.</summary>
    public static string Shorten(JsonElement value)
    {
        var raw = JsonMarshal.GetRawUtf8Value(value);
        if (raw.Length <= MostBytes) return Encoding.UTF8.GetString(raw);
        // Only the beginning is decoded: the value may be of any size.
        var length = MostBytes;
        while ((raw[length] & 0xC0) == 0x80) length--;
        return $"{Encoding.UTF8.GetString(raw[..length])}…";
    }
}
