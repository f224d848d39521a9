using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Sluice.Json;

namespace Sluice.Runtime.References;

/// <summary>Cuts a page out of a value that is too large for a prompt: elements of an array, members of an object, characters of a string.</summary>
internal static class ReferencePages
{
    // Room for the members around the page.
    private const int Overhead = 512;

    public static JsonElement Cut(JsonElement value, long offset, int? limit, int maxBytes)
    {
        var room = maxBytes - Overhead;
        return value.ValueKind switch
        {
            JsonValueKind.Array => CutItems(value.EnumerateArray().Select(item => (JsonMarshal.GetRawUtf8Value(item).Length, item)), value.GetArrayLength(), "array", offset, limit, room, items => items),
            JsonValueKind.Object when limit is not null || offset > 0 || JsonMarshal.GetRawUtf8Value(value).Length > room => CutItems(
                value.EnumerateObject().Select(member => (member.Name.Length + JsonMarshal.GetRawUtf8Value(member.Value).Length + 8, member)),
                value.GetPropertyCount(), "object", offset, limit, room,
                members => members.ToDictionary(member => member.Name, member => member.Value)),
            JsonValueKind.String when limit is not null || offset > 0 || JsonMarshal.GetRawUtf8Value(value).Length > room =>
                CutText(value.GetString()!, offset, limit, room),
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
                if (page.Count == 0) hint = $"The item at offset {offset} is {size} bytes: too large for one page. Read inside it with path.";
                break;
            }

            page.Add(item);
        }

        var end = offset + page.Count;
        return JsonSerializer.SerializeToElement(
            new { type, total, offset, count = page.Count, nextOffset = end < total && hint is null ? end : (long?)null, hint, value = shape(page) },
            SluiceJson.Options);
    }

    private static JsonElement CutText(string text, long offset, int? limit, int room)
    {
        var start = (int)Math.Min(offset, text.Length);
        var length = Math.Min(limit ?? int.MaxValue, text.Length - start);
        // A character may take six bytes of JSON; the estimate is refined once.
        if (Encoding.UTF8.GetByteCount(text.AsSpan(start, length)) > room / 2) length = Math.Min(length, room / 6);
        if (length > 0 && start + length < text.Length && char.IsHighSurrogate(text[start + length - 1])) length--;
        var end = start + length;
        return JsonSerializer.SerializeToElement(
            new { type = "string", total = text.Length, offset = start, count = length, nextOffset = end < text.Length ? end : (int?)null, value = text.Substring(start, length) },
            SluiceJson.Options);
    }
}
