using System.Text;

namespace Sluice.Evals.Reports.Markdown;

/// <summary>Text of others as code, in which nothing is a link, a mention or markup.</summary>
internal static class MarkdownText
{
    private const int MaxLength = 300;

    /// <summary>A code span on one line that also holds in a table. Long text is cut.</summary>
    public static string Code(string text)
    {
        var line = OneLine(text);
        if (line.Length == 0) return "(empty)";
        var fence = new string('`', LongestRun(line) + 1);
        var padding = line[0] == '`' || line[^1] == '`' || line is [' ', .., ' '] ? " " : "";
        return $"{fence}{padding}{line.Replace("|", "\\|", StringComparison.Ordinal)}{padding}{fence}";
    }

    private static string OneLine(string text)
    {
        var line = new StringBuilder(Math.Min(text.Length, MaxLength) + 1);
        foreach (var rune in text.EnumerateRunes())
        {
            if (line.Length >= MaxLength) return line.Append('…').ToString();
            if (rune.Value is '\r') continue;
            if (Rune.IsControl(rune)) line.Append(rune.Value is '\n' or '\t' ? ' ' : '\uFFFD');
            else line.Append(rune);
        }

        return line.ToString();
    }

    private static int LongestRun(string text)
    {
        var (longest, run) = (0, 0);
        foreach (var character in text)
        {
            run = character == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }
}
