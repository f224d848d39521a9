using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Sluice.Runtime.History;

/// <summary>Writes messages as lines of text, each with no more than its beginning.</summary>
internal static class Transcript
{
    private const string Earlier = "Earlier: ";
    private const int TextCharacters = 4000;
    private const int ValueCharacters = 1000;
    private const int ExtractCharacters = 200;

    /// <summary>What a model reads to summarise messages.</summary>
    /// <param name="messages">The messages.</param>
    /// <param name="most">The most characters; the oldest lines are left out, but never an earlier summary.</param>
    public static string Of(IReadOnlyList<ChatMessage> messages, long most) => Join(Lines(messages, TextCharacters, ValueCharacters), most);

    /// <summary>What stands for messages when no model summarises them.</summary>
    public static string Extract(IReadOnlyList<ChatMessage> messages, long most) =>
        Join(Lines(messages, ExtractCharacters, ExtractCharacters), most);

    private static string Join(List<string> lines, long most)
    {
        // An earlier summary stands for more than any other line.
        var head = lines.TakeWhile(line => line.StartsWith(Earlier, StringComparison.Ordinal)).ToList();
        var (first, size) = (lines.Count, head.Sum(line => (long)line.Length + 1));
        while (first > head.Count && size + lines[first - 1].Length < most) size += lines[--first].Length + 1;
        if (first > head.Count) head.Add($"({first - head.Count} lines are left out here.)");
        return string.Join('\n', head.Concat(lines.Skip(first)));
    }

    private static List<string> Lines(IReadOnlyList<ChatMessage> messages, int textCharacters, int valueCharacters)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        var lines = new List<string>(messages.Count);
        foreach (var message in messages)
        {
            if (message is SummaryMessage { Summary.Text: var earlier }) lines.Add(Earlier + earlier);
            else lines.AddRange(message.Contents.Select(content => Line(message.Role, content)).OfType<string>());
        }

        return lines;

        string? Line(ChatRole role, AIContent content)
        {
            switch (content)
            {
                case TextContent { Text.Length: > 0 } text:
                    return $"{role}: {Shorten(text.Text, textCharacters)}";
                case FunctionCallContent call:
                    names[call.CallId] = call.Name;
                    return $"called {call.Name} {Shorten(call.RawRepresentation is JsonElement { ValueKind: not JsonValueKind.Undefined } arguments ? arguments.GetRawText() : "", valueCharacters)}";
                case FunctionResultContent result:
                    return $"{names.GetValueOrDefault(result.CallId, "a tool")} returned {Shorten(result.Result is JsonElement value ? value.GetRawText() : "", valueCharacters)}";
                default:
                    return null;
            }
        }
    }

    private static string Shorten(string text, int most)
    {
        if (text.Length <= most) return text;
        var end = char.IsHighSurrogate(text[most - 1]) ? most - 1 : most;
        return new StringBuilder(text, 0, end, end + 1).Append('…').ToString();
    }
}
