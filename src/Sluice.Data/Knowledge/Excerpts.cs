namespace Sluice.Data.Knowledge;

/// <summary>The beginnings of texts.</summary>
internal static class Excerpts
{
    /// <summary>The beginning of a text, without half of a pair of characters at its end.</summary>
    public static string Cut(string text, int length)
    {
        if (text.Length <= length) return text;
        return char.IsHighSurrogate(text[length - 1]) ? text[..(length - 1)] : text[..length];
    }

    /// <summary>The beginning of a text in one line, with a mark where something is missing.</summary>
    public static string OneLine(string text, int length)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= length ? line : $"{Cut(line, length - 1)}…";
    }
}
