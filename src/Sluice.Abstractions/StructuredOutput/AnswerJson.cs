using System.Text;
using System.Text.Json;
using Sluice.Json;

namespace Sluice.StructuredOutput;

/// <summary>Finds the one JSON value in what a model wrote.</summary>
internal static class AnswerJson
{
    private const string Fence = "```";

    // Where a text is full of brackets, finding the value in it would take as many tries as there are.
    private const int MostTries = 100;

    // Deeper than what is read, so that a value that is too deep is refused as a whole instead of being taken from its middle.
    private const int DeepestSearch = 1000;

    /// <summary>Reads the value: all of the text, what a code fence around it holds, or the only object or array in it.</summary>
    /// <exception cref="JsonException">There is no such value, there are several, or it is not proper JSON; the message says which.</exception>
    public static JsonElement Read(string text)
    {
        var json = Encoding.UTF8.GetBytes(WithoutFence(text.Trim()));
        try
        {
            return SluiceJson.Parse(json);
        }
        catch (JsonException exception)
        {
            var (start, length) = FindOnly(json, exception);
            return SluiceJson.Parse(json.AsSpan(start, length));
        }
    }

    private static string WithoutFence(string text)
    {
        if (!text.StartsWith(Fence, StringComparison.Ordinal) || !text.EndsWith(Fence, StringComparison.Ordinal)) return text;
        var firstLine = text.IndexOf('\n', StringComparison.Ordinal);
        return firstLine < 0 || firstLine > text.Length - Fence.Length ? text : text[firstLine..^Fence.Length];
    }

    private static (int Start, int Length) FindOnly(ReadOnlySpan<byte> json, JsonException whole)
    {
        var (found, length, tries) = (-1, 0, 0);
        for (var at = NextBracket(json, 0); at >= 0 && tries < MostTries; tries++)
        {
            var here = LengthOfValue(json[at..]);
            if (here > 0 && found >= 0) throw new JsonException("There are several JSON values. Answer with one.");
            if (here > 0) (found, length) = (at, here);
            at = NextBracket(json, at + Math.Max(1, here));
        }

        if (found >= 0) return (found, length);
        // The text's own fault says more where it was meant to be JSON.
        throw NextBracket(json, 0) == 0 ? Broken(whole) : new JsonException("There is no JSON object or array in the answer.", whole);
    }

    private static int NextBracket(ReadOnlySpan<byte> json, int from)
    {
        var at = json[from..].IndexOfAny((byte)'{', (byte)'[');
        return at < 0 ? -1 : from + at;
    }

    /// <summary>How long the value is that begins here; 0 where the bracket is one of ordinary text.</summary>
    /// <exception cref="JsonException">A value begins here and is broken: what is whole within it is not the answer.</exception>
    private static int LengthOfValue(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = DeepestSearch, AllowMultipleValues = true });
        reader.Read();
        try
        {
            reader.Read();
        }
        catch (JsonException)
        {
            return 0;
        }

        try
        {
            while (reader.CurrentDepth > 0 && reader.Read())
            {
                // To the end of the value.
            }
        }
        catch (JsonException exception)
        {
            throw Broken(exception);
        }

        return (int)reader.BytesConsumed;
    }

    private static JsonException Broken(JsonException exception) => new($"The JSON is not valid: {exception.Message}", exception);
}
