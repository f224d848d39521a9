using System.Text;

namespace Sluice.Sqlite.TargetDatabase;

/// <summary>Finds words in a statement outside of texts, quoted names and comments. For statements of agents it only ever refuses; what they are, the engine says.</summary>
internal static class SqlWords
{
    /// <summary>Looks for words, without regard to case.</summary>
    /// <returns>The first of the words that stands there; null when none does.</returns>
    public static string? Find(string sql, params ReadOnlySpan<string> words)
    {
        for (var i = 0; i < sql.Length;)
        {
            var end = EndOfQuoted(sql, i);
            if (end > i)
            {
                i = end;
                continue;
            }
            end = i;
            while (end < sql.Length && IsName(sql[end])) end++;
            foreach (var word in words)
                if (sql.AsSpan(i, end - i).Equals(word, StringComparison.OrdinalIgnoreCase)) return word;
            i = Math.Max(end, i + 1);
        }
        return null;
    }

    /// <summary>Puts something in the place of each parameter, which is written <c>@name</c>.</summary>
    public static string ReplaceParameters(string sql, Func<string, string> replacement)
    {
        var replaced = new StringBuilder();
        for (var i = 0; i < sql.Length;)
        {
            var end = EndOfQuoted(sql, i);
            if (end == i)
            {
                end = i + 1;
                if (IsName(sql[i]) || sql[i] == '@')
                    while (end < sql.Length && IsName(sql[end])) end++;
            }
            if (sql[i] == '@' && end > i + 1) replaced.Append(replacement(sql[(i + 1)..end]));
            else replaced.Append(sql, i, end - i);
            i = end;
        }
        return replaced.ToString();
    }

    private static int EndOfQuoted(string sql, int start) => sql[start] switch
    {
        '\'' or '"' or '`' => Closing(sql, start, sql[start]),
        '[' => After(sql, start + 1, "]"),
        '-' when Follows(sql, start, '-') => After(sql, start + 2, "\n"),
        '/' when Follows(sql, start, '*') => After(sql, start + 2, "*/"),
        _ => start,
    };

    /// <summary>A doubled quote ends one piece and begins the next, which comes to the same.</summary>
    private static int Closing(string sql, int start, char quote) => After(sql, start + 1, quote.ToString());

    private static int After(string sql, int start, string end)
    {
        var found = start >= sql.Length ? -1 : sql.IndexOf(end, start, StringComparison.Ordinal);
        return found < 0 ? sql.Length : found + end.Length;
    }

    private static bool Follows(string sql, int start, char next) => start + 1 < sql.Length && sql[start + 1] == next;

    private static bool IsName(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '$' || c > '\u007f';
}
