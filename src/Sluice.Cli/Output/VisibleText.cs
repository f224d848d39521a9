using System.Globalization;
using System.Text;
using Spectre.Console;

namespace Sluice.Cli.Output;

/// <summary>Texts of others as they may be shown on a terminal: what would steer it is made visible, so that data cannot move the cursor or hide a line.</summary>
internal static class VisibleText
{
    /// <summary>On one line: ends of lines become a space.</summary>
    public static string OfLine(string text) => Of(text, static letter => letter is '\n' or '\r' or '\t' ? " " : null);

    /// <summary>On as many lines as it has, also where it comes in pieces. A carriage return alone would write over what its line says before it.</summary>
    public static string OfLines(string text) =>
        Of(text.Replace("\r\n", "\n", StringComparison.Ordinal).TrimEnd('\r'), static letter => letter is '\n' or '\t' ? letter.ToString() : null);

    /// <summary>The beginning of a text, at most so many columns of a terminal wide, with a mark where something is left out.</summary>
    public static string Cut(string text, int columns)
    {
        if (text.Length <= columns && text.GetCellWidth() <= columns) return text;
        var (width, end) = (0, 0);
        while (end < text.Length)
        {
            var length = StringInfo.GetNextTextElementLength(text, end);
            width += text.Substring(end, length).GetCellWidth();
            if (width >= columns) break;
            end += length;
        }

        return $"{text[..end]}…";
    }

    private static string Of(string text, Func<char, string?> blank)
    {
        var result = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            if (!Steers(letter)) result.Append(letter);
            else result.Append(blank(letter) ?? $"\\u{(int)letter:x4}");
        }

        return result.ToString();
    }

    /// <summary>Control characters, ends of lines of other scripts, and marks that turn the direction of writing.</summary>
    private static bool Steers(char letter) => char.GetUnicodeCategory(letter) switch
    {
        UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,
        _ => letter is >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069' or '\uFEFF',
    };
}
