using System.Text;

namespace Sluice.Sqlite.Search;

/// <summary>Terms in the query language of FTS5: each in quotes, so that none is an operator, and any of them is enough.</summary>
internal static class MatchText
{
    private const int TrigramLength = 3;
    private const int MostTerms = 200;

    /// <summary>The terms as words; empty when there is none.</summary>
    public static string OfWords(IEnumerable<string> terms) => Join(terms.Where(term => term.Any(char.IsLetterOrDigit)));

    /// <summary>The terms three letters at a time; empty when no term is that long.</summary>
    public static string OfTrigrams(IEnumerable<string> terms) => Join(terms.SelectMany(Cut));

    private static IEnumerable<string> Cut(string term)
    {
        for (var start = 0; start + TrigramLength <= term.Length; start++) yield return term.Substring(start, TrigramLength);
    }

    private static string Join(IEnumerable<string> terms)
    {
        var text = new StringBuilder();
        foreach (var term in terms.Distinct(StringComparer.OrdinalIgnoreCase).Take(MostTerms))
        {
            if (text.Length > 0) text.Append(" OR ");
            text.Append('"').Append(term.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        }

        return text.ToString();
    }
}
