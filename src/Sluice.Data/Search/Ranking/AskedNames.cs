using Sluice.Data.Search.Words;

namespace Sluice.Data.Search.Ranking;

/// <summary>What of a question is a name as it is written: all of it, or what looks like an identifier.</summary>
internal sealed class AskedNames
{
    private const int MostNames = 20;
    private static readonly char[] Around = ['"', '\'', '`', '[', ']', '(', ')', ',', ';', ':', '.', '?', '!'];

    public AskedNames(QuestionWords words)
    {
        Whole = words.Text.Trim().Trim('"', '`', '[', ']');
        Within = [.. words.Text.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries).Select(token => token.Trim(Around))
            .Where(token => token != Whole && IsIdentifier(token)).Distinct(StringComparer.OrdinalIgnoreCase).Take(MostNames)];
        Phrase = string.Join(' ', words.Sequence);
    }

    /// <summary>The whole question.</summary>
    public string Whole { get; }

    /// <summary>The identifiers in it.</summary>
    public IReadOnlyList<string> Within { get; }

    /// <summary>The words of the question, as names are taken apart.</summary>
    public string Phrase { get; }

    private static bool IsIdentifier(string token) => token.Length is > 2 and <= 200
        && (token.AsSpan(1).ContainsAny('_', '.') || (token.AsSpan(1).ContainsAnyInRange('A', 'Z') && token.AsSpan().ContainsAnyInRange('a', 'z')));
}
