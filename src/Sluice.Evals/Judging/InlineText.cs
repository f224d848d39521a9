using System.Text;

namespace Sluice.Evals.Judging;

/// <summary>
/// Takes emphasis and code marks out of one line. Marks count only in pairs and at the edges of words, so that <c>2*3*4</c>, <c>SELECT *</c> and
/// <c>snake_case</c> stay.
/// </summary>
internal static class InlineText
{
    public static string Of(ReadOnlySpan<char> line)
    {
        if (!line.ContainsAny('*', '_', '`')) return line.ToString();
        var isMark = new bool[line.Length];
        FindMarks(line, isMark);
        var text = new StringBuilder(line.Length);
        for (var at = 0; at < line.Length; at++)
        {
            if (!isMark[at]) text.Append(line[at]);
        }

        return text.ToString();
    }

    private static void FindMarks(ReadOnlySpan<char> line, Span<bool> isMark)
    {
        var opened = new Dictionary<(char Mark, int Length), int>();
        var neverClosed = new HashSet<int>();
        for (var at = 0; at < line.Length;)
        {
            var length = line[at] == '\\' ? 2 : RunLength(line[at..]);
            var next = Math.Min(at + length, line.Length);
            if (line[at] == '`' && !neverClosed.Contains(length))
            {
                var close = FindRun(line, next, length);
                if (close < 0)
                {
                    neverClosed.Add(length);
                }
                else
                {
                    isMark[at..next].Fill(true);
                    isMark.Slice(close, length).Fill(true);
                    next = close + length;
                }
            }
            else if (line[at] is '*' or '_')
            {
                var run = (line[at], length);
                var (before, after) = (at == 0 ? ' ' : line[at - 1], next == line.Length ? ' ' : line[next]);
                if (CanEdge(before, after, line[at]) && opened.Remove(run, out var open))
                {
                    isMark.Slice(open, length).Fill(true);
                    isMark[at..next].Fill(true);
                }
                else if (CanEdge(after, before, line[at]))
                {
                    opened[run] = at;
                }
            }

            at = next;
        }
    }

    /// <summary>Whether a mark between both is the edge of what it marks: text inside, no word outside.</summary>
    private static bool CanEdge(char inside, char outside, char mark) =>
        // Scripts without spaces between words mark with asterisks in the middle of the text.
        !char.IsWhiteSpace(inside) && !(mark == '*' ? char.IsAsciiLetterOrDigit(outside) : char.IsLetterOrDigit(outside));

    private static int RunLength(ReadOnlySpan<char> text) => text.IndexOfAnyExcept(text[0]) is var end && end < 0 ? text.Length : end;

    private static int FindRun(ReadOnlySpan<char> line, int from, int length)
    {
        while (from < line.Length && line[from..].IndexOf('`') is var distance and >= 0)
        {
            var run = RunLength(line[(from + distance)..]);
            if (run == length) return from + distance;
            from += distance + run;
        }

        return -1;
    }
}
