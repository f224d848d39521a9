using System.Text;

namespace Sluice.Evals.Judging;

/// <summary>
/// Takes the formatting of Markdown out of a text, so that a judge reads what is said and not how it looks: headings, bullets, rules, table
/// borders, code fences, emphasis. Words, numbers, cells, code, links and quotation marks stay. Struck text stays struck, since that says something.
/// </summary>
internal static class PlainText
{
    public static string Of(string markdown)
    {
        var lines = markdown.ReplaceLineEndings("\n").Split('\n');
        var text = new StringBuilder(markdown.Length);
        var (fence, isTable) = ("", false);
        for (var at = 0; at < lines.Length; at++)
        {
            var line = lines[at].AsSpan().Trim();
            if (fence.Length > 0)
            {
                if (Closes(line, fence)) fence = "";
                else text.Append(lines[at]).Append('\n');
                continue;
            }

            fence = OpenedBy(line);
            if (fence.Length > 0 || IsRule(line)) continue;
            var isBorder = IsTableBorder(line);
            isTable = isBorder || (isTable && line.Contains('|')) || (at + 1 < lines.Length && line.Contains('|') && IsTableBorder(lines[at + 1].AsSpan().Trim()));
            if (!isBorder) text.Append(InlineText.Of(isTable ? WithoutBorder(line) : WithoutBeginning(line))).Append('\n');
        }

        return text.ToString().Trim('\n');
    }

    /// <summary>The marks that open a code block; empty when the line does not.</summary>
    private static string OpenedBy(ReadOnlySpan<char> line)
    {
        if (line.Length < 3 || line[0] is not ('`' or '~')) return "";
        var length = line.IndexOfAnyExcept(line[0]) is var end && end < 0 ? line.Length : end;
        var isInline = line[0] == '`' && line[length..].Contains('`');
        return length < 3 || isInline ? "" : line[..length].ToString();
    }

    private static bool Closes(ReadOnlySpan<char> line, string fence) => line.Length >= fence.Length && !line.ContainsAnyExcept(fence[0]);

    /// <summary>A line across the page, or one that makes the line above a heading.</summary>
    private static bool IsRule(ReadOnlySpan<char> line) =>
        line.Length > 0 && line[0] is '-' or '*' or '_' or '=' && line.Count(line[0]) >= 3 && !line.ContainsAnyExcept(line[0], ' ');

    private static bool IsTableBorder(ReadOnlySpan<char> line) => line.Contains('|') && line.Contains('-') && !line.ContainsAnyExcept("|-: ");

    /// <summary>A row without its outer borders. Those between cells stay, since they say where a cell is empty.</summary>
    private static ReadOnlySpan<char> WithoutBorder(ReadOnlySpan<char> line)
    {
        if (line.StartsWith('|')) line = line[1..];
        return (line.EndsWith('|') ? line[..^1] : line).Trim();
    }

    /// <summary>Leaves out what makes a line a heading or the item of a list without numbers.</summary>
    private static ReadOnlySpan<char> WithoutBeginning(ReadOnlySpan<char> line)
    {
        while (line.Length > 1 && line[0] is '-' or '*' or '+' && line[1] == ' ') line = line[1..].TrimStart();
        var level = line.IndexOfAnyExcept('#');
        return level is >= 1 and <= 6 && line[level] == ' ' ? line[level..].Trim("# ") : line;
    }
}
