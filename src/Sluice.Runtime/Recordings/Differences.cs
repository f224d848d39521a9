using System.Text.Json;
using Sluice.Json;
using Sluice.Runtime.References;

namespace Sluice.Runtime.Recordings;

/// <summary>Where two requests differ, in short.</summary>
internal static class Differences
{
    private const int ExcerptLength = 60;
    private const int Before = 20;
    private const int PathLength = 100;

    /// <summary>The differences in the order of the request that was asked: path, what was recorded, what was asked.</summary>
    public static IEnumerable<string> Between(JsonElement recorded, JsonElement asked) => Walk("", recorded, asked);

    private static IEnumerable<string> Walk(string path, JsonElement? recorded, JsonElement? asked)
    {
        if (recorded is { ValueKind: JsonValueKind.Object } one && asked is { ValueKind: JsonValueKind.Object } other)
        {
            var names = other.EnumerateObject().Concat(one.EnumerateObject()).Select(member => member.Name).Distinct(StringComparer.Ordinal);
            return names.SelectMany(name => Walk($"{path}/{JsonPointerPath.Escape(name)}", Member(one, name), Member(other, name)));
        }

        if (recorded is { ValueKind: JsonValueKind.Array } list && asked is { ValueKind: JsonValueKind.Array } otherList)
        {
            return Enumerable.Range(0, Math.Max(list.GetArrayLength(), otherList.GetArrayLength()))
                .SelectMany(index => Walk($"{path}/{index}", Item(list, index), Item(otherList, index)));
        }

        return Compared(recorded) == Compared(asked) ? [] : [Describe(path, recorded, asked)];
    }

    private static string Describe(string path, JsonElement? recorded, JsonElement? asked)
    {
        if (path.Length > PathLength) path = $"…{path.AsSpan(path.Length - PathLength)}";
        if (recorded is { ValueKind: JsonValueKind.String } one && asked is { ValueKind: JsonValueKind.String } other)
        {
            var (was, now) = (one.GetString()!, other.GetString()!);
            var start = Math.Max(0, was.AsSpan().CommonPrefixLength(now) - Before);
            return $"{path}: recorded {Quote(was, start)}, asked {Quote(now, start)}";
        }

        return $"{path}: recorded {Excerpt(recorded)}, asked {Excerpt(asked)}";
    }

    private static string Quote(string text, int start)
    {
        var end = Math.Min(text.Length, start + ExcerptLength);
        return JsonSerializer.Serialize($"{(start > 0 ? "…" : "")}{text.AsSpan(start, end - start)}{(end < text.Length ? "…" : "")}", SluiceJson.Options);
    }

    private static string Excerpt(JsonElement? value)
    {
        if (value is not { } element) return "nothing";
        var text = element.GetRawText();
        return text.Length <= ExcerptLength ? text : $"{text.AsSpan(0, ExcerptLength)}…";
    }

    private static string? Compared(JsonElement? value) => value is { } element ? Placeholders.WithoutVolatileNumbers(CanonicalJson.ToText(element)) : null;

    private static JsonElement? Member(JsonElement value, string name) => value.TryGetProperty(name, out var member) ? member : null;

    private static JsonElement? Item(JsonElement list, int index) => index < list.GetArrayLength() ? list[index] : null;
}
