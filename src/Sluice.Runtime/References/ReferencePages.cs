using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Sluice.Json;

namespace Sluice.Runtime.References;

/// <summary>Cuts a page out of a value that is too large for a prompt: elements of an array, members of an object, characters of a string.</summary>
internal static class ReferencePages
{
    // Room for the members around the page.
    private const int Overhead = 256;

    /// <summary>A page that, with what is said about it, is at most so many bytes of JSON.</summary>
    public static JsonElement Cut(JsonElement value, long offset, int? limit, int maxBytes)
    {
        // What a page takes is known only when it is written: characters may need escapes. One that is too large is cut again, smaller.
        for (var room = Math.Max(maxBytes - Overhead, maxBytes / 2); ; room -= (room / 4) + 1)
        {
            var page = CutTo(value, offset, limit, Math.Max(room, 0));
            if (room <= 0 || JsonMarshal.GetRawUtf8Value(page).Length <= maxBytes) return page;
        }
    }

    private static JsonElement CutTo(JsonElement value, long offset, int? limit, int room)
    {
        var isWhole = limit is null && offset == 0 && JsonMarshal.GetRawUtf8Value(value).Length <= room;
        return value.ValueKind switch
        {
            JsonValueKind.Array => CutItems(
                value.EnumerateArray().Select(item => (JsonMarshal.GetRawUtf8Value(item).Length, item)),
                value.GetArrayLength(), "array", offset, limit, room, items => items),
            JsonValueKind.Object when !isWhole => CutItems(
                value.EnumerateObject().Select(member => (Encoding.UTF8.GetByteCount(member.Name) + JsonMarshal.GetRawUtf8Value(member.Value).Length + 3, member)),
                value.GetPropertyCount(), "object", offset, limit, room, members => members.ToDictionary(member => member.Name, member => member.Value)),
            JsonValueKind.String when !isWhole => CutText(value.GetString()!, offset, limit, room),
            _ => JsonSerializer.SerializeToElement(new { type = value.ValueKind.ToString().ToLowerInvariant(), value }, SluiceJson.Options),
        };
    }

    private static JsonElement CutItems<T>(
        IEnumerable<(int Size, T Item)> all, int total, string type, long offset, int? limit, int room, Func<IReadOnlyList<T>, object> shape)
    {
        var page = new List<T>();
        string? hint = null;
        foreach (var (size, item) in all.Skip((int)Math.Min(offset, int.MaxValue)).Take(limit ?? int.MaxValue))
        {
            room -= size + 1;
            if (room < 0)
            {
                if (page.Count == 0) hint = $"The item at offset {offset} is {size} bytes: too large for a page. Read inside it with path.";
                break;
            }

            page.Add(item);
        }

        var end = offset + page.Count + (hint is null ? 0 : 1);
        return JsonSerializer.SerializeToElement(
            new { type, total, offset, count = page.Count, nextOffset = end < total ? end : (long?)null, hint, value = shape(page) },
            SluiceJson.Options);
    }

    private static JsonElement CutText(string text, long offset, int? limit, int room)
    {
        var start = (int)Math.Min(offset, text.Length);
        if (SplitsPair(text, start)) start--;
        var length = Math.Min(Math.Min(limit ?? int.MaxValue, room), text.Length - start);
        while (length > 0 && Encoding.UTF8.GetByteCount(text.AsSpan(start, length)) > room) length -= (length / 8) + 1;
        // Half a character is none; a page of one character is at least that one, or reading would never get on.
        if (SplitsPair(text, start + length)) length += length > 1 || room < 4 ? -1 : 1;
        var end = start + length;
        return JsonSerializer.SerializeToElement(
            new { type = "string", total = text.Length, offset = start, count = length, nextOffset = end < text.Length ? end : (int?)null, value = text.Substring(start, length) },
            SluiceJson.Options);
    }

    private static bool SplitsPair(string text, int index) =>
        index > 0 && index < text.Length && char.IsHighSurrogate(text[index - 1]) && char.IsLowSurrogate(text[index]);
}
