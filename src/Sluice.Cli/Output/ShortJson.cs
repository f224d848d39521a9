using System.Text;
using System.Text.Json;

namespace Sluice.Cli.Output;

/// <summary>JSON as people read it on a line: members as <c>name: value</c> where there is a value, handles by kind and the beginning of their id.</summary>
internal static class ShortJson
{
    private const int MostItems = 3;
    private const int IdLength = 10;

    /// <summary>A value in at most so many characters, the mark of what is left out included. It is safe to be shown.</summary>
    public static string Of(JsonElement value, int most)
    {
        var text = new StringBuilder();
        Write(text, value, most, isInner: false);
        return VisibleText.Cut(VisibleText.OfLine(text.ToString()), most);
    }

    /// <summary>A handle in a few characters.</summary>
    public static string Of(ReferenceHandle handle) => $"{handle.Kind} {handle.Id[..IdLength]}…";

    private static void Write(StringBuilder text, JsonElement value, int most, bool isInner)
    {
        if (text.Length > most) return;
        switch (value.ValueKind)
        {
            case JsonValueKind.Object when ReferenceHandle.Find(value) is { } handle:
                text.Append(Of(handle));
                break;
            case JsonValueKind.Object:
                WriteMembers(text, value, most, isInner);
                break;
            case JsonValueKind.Array:
                WriteItems(text, value, most);
                break;
            case JsonValueKind.String:
                var whole = value.GetString()!;
                text.Append(whole, 0, Math.Min(whole.Length, most + 1));
                break;
            default:
                text.Append(value.GetRawText());
                break;
        }
    }

    private static void WriteMembers(StringBuilder text, JsonElement value, int most, bool isInner)
    {
        if (isInner) text.Append('{');
        var isFirst = true;
        foreach (var member in value.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.Null) continue;
            if (!isFirst) text.Append(", ");
            isFirst = false;
            Write(text.Append(member.Name).Append(": "), member.Value, most, isInner: true);
        }

        if (isInner) text.Append('}');
    }

    private static void WriteItems(StringBuilder text, JsonElement value, int most)
    {
        var count = value.GetArrayLength();
        foreach (var (index, item) in value.EnumerateArray().Take(MostItems).Index())
        {
            if (index > 0) text.Append(", ");
            Write(text, item, most, isInner: true);
        }

        if (count > MostItems) text.Append($" and {count - MostItems} more");
        if (count == 0) text.Append("none");
    }
}
