using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Sluice.Evals.Scoring.Comparing;

/// <summary>
/// A regular expression of a case. It is read once per process, and matched in time linear in the text where it has neither look-around nor
/// back-references; others are given up after <see cref="MatchTimeout"/>.
/// </summary>
internal sealed class ScorerPattern
{
    // Read anew from time to time rather than kept without bound by a process that scores many datasets.
    private const int MostKept = 1_000;

    private static readonly ConcurrentDictionary<(string Pattern, bool IgnoreCase), ScorerPattern> Kept = new();

    private readonly Regex? _regex;

    private ScorerPattern(string pattern, bool ignoreCase)
    {
        var options = RegexOptions.CultureInvariant | (ignoreCase ? RegexOptions.IgnoreCase : RegexOptions.None);
        try
        {
            _regex = Create(pattern, options);
        }
        catch (ArgumentException exception)
        {
            Problem = $"The pattern is no regular expression: {exception.Message}";
        }
    }

    /// <summary>How long a match may take: 1 second.</summary>
    public static TimeSpan MatchTimeout { get; } = TimeSpan.FromSeconds(1);

    /// <summary>Why the pattern is no regular expression; null: it is one.</summary>
    public string? Problem { get; }

    public static ScorerPattern Get(string pattern, bool ignoreCase)
    {
        if (Kept.TryGetValue((pattern, ignoreCase), out var kept)) return kept;
        if (Kept.Count >= MostKept) Kept.Clear();
        return Kept.GetOrAdd((pattern, ignoreCase), static key => new(key.Pattern, key.IgnoreCase));
    }

    /// <summary>Whether the pattern matches somewhere in the text.</summary>
    /// <exception cref="RegexMatchTimeoutException">It took too long.</exception>
    /// <exception cref="InvalidOperationException">The pattern is no regular expression.</exception>
    public bool IsMatch(string text) => (_regex ?? throw new InvalidOperationException(Problem)).IsMatch(text);

    private static Regex Create(string pattern, RegexOptions options)
    {
        try
        {
            return new(pattern, options | RegexOptions.NonBacktracking, MatchTimeout);
        }
        catch (NotSupportedException)
        {
            return new(pattern, options, MatchTimeout);
        }
    }
}
