using System.Text;

namespace Sluice.Sqlite.Search;

/// <summary>Terms in the query language of FTS5: each in quotes, so that none is an operator, and any of them is enough.</summary>
internal static class MatchText
{
    private const int MostTerms = 400;

    /// <summary>The terms as words; empty when there is none.</summary>
    public static string Of(IEnumerable<string> terms)
    {
        var text = new StringBuilder();
        foreach (var term in terms.Where(term => term.Any(char.IsLetterOrDigit)).Distinct(StringComparer.OrdinalIgnoreCase).Take(MostTerms))
        {
            if (text.Length > 0) text.Append(" OR ");
            text.Append('"').Append(term.Replace("\"", "\"\"", StringComparison.Ordinal).Replace('\0', ' ')).Append('"');
        }

        return text.ToString();
    }
}
