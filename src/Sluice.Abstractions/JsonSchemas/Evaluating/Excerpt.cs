using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Sluice.Json;

namespace Sluice.JsonSchemas.Evaluating;

/// <summary>Shows a value in a message, shortened to about sixty characters.</summary>
internal static class Excerpt
{
    private const int MaxLength = 60;

    public static string Of(in Instance value) => value.Kind switch
    {
        JsonValueKind.String => Quote(value.Text),
        JsonValueKind.Object => $"an object with {Count(value.Element.GetPropertyCount(), "property", "properties")}",
        JsonValueKind.Array => $"an array of {Count(value.Element.GetArrayLength(), "item", "items")}",
        _ => Shorten(Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(value.Element))),
    };

    public static string Quote(ReadOnlySpan<byte> raw) => Quote(JsonText.Decode(raw[..Math.Min(raw.Length, MaxLength * 12)]));

    public static string Quote(string text) => $"\"{Shorten(text)}\"";

    /// <summary>Lists names or values, at most ten of them.</summary>
    public static string List(IReadOnlyCollection<string> values)
    {
        const int shown = 10;
        var list = string.Join(", ", values.Take(shown));
        return values.Count <= shown ? list : $"{list}, … ({values.Count} in all)";
    }

    public static string Shorten(string text)
    {
        if (text.Length <= MaxLength) return text;
        var end = char.IsHighSurrogate(text[MaxLength - 2]) ? MaxLength - 2 : MaxLength - 1;
        return string.Concat(text.AsSpan(0, end), "…");
    }

    private static string Count(int count, string one, string many) => $"{count} {(count == 1 ? one : many)}";
}
