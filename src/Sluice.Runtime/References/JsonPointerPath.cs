using System.Globalization;
using System.Text.Json;

namespace Sluice.Runtime.References;

/// <summary>Walks JSON by JSON Pointer (RFC 6901).</summary>
internal static class JsonPointerPath
{
    /// <summary>The unescaped segments; none for the whole document.</summary>
    public static IEnumerable<string> Split(string pointer)
    {
        if (pointer.Length == 0) return [];
        var trimmed = pointer[0] == '/' ? pointer[1..] : pointer;
        return trimmed.Split('/').Select(segment => segment.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal));
    }

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
        var text = value.GetRawText();
        return text.Length <= 80 ? text : $"{text.AsSpan(0, 80)}…";
    }
}
