using System.Diagnostics;
using System.Text.RegularExpressions;
using Sluice.JsonSchemas.Evaluating;

namespace Sluice.Evals.Scoring.Comparing;

/// <summary>Matches the patterns of one sample, all of them in about two seconds at most: what is not matched by then counts as no match.</summary>
internal sealed class PatternMatching
{
    private static readonly TimeSpan Budget = 2 * ScorerPattern.MatchTimeout;

    private readonly List<string> _problems = [];
    private TimeSpan _spent;

    /// <summary>Why patterns could not be matched.</summary>
    public IReadOnlyList<string> Problems => _problems;

    public bool IsMatch(string pattern, string text, bool ignoreCase = false) => Match(pattern, text, ignoreCase, out _);

    /// <summary>Whether a pattern matches somewhere in a text.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="text">The text.</param>
    /// <param name="ignoreCase">Whether case does not matter.</param>
    /// <param name="problem">Why it could not be matched; null: it could.</param>
    public bool Match(string pattern, string text, bool ignoreCase, out string? problem)
    {
        var isMatch = false;
        problem = _spent > Budget ? "Patterns of this sample took too long, and the rest of them was given up." : null;
        if (problem is null) isMatch = TryMatch(ScorerPattern.Get(pattern, ignoreCase), text, out problem);
        if (problem is not null && !_problems.Contains(problem)) _problems.Add(problem);
        return isMatch;
    }

    private bool TryMatch(ScorerPattern pattern, string text, out string? problem)
    {
        problem = pattern.Problem;
        if (problem is not null) return false;
        var started = Stopwatch.GetTimestamp();
        try
        {
            return pattern.IsMatch(text);
        }
        catch (RegexMatchTimeoutException exception)
        {
            problem = $"Matching the pattern {Excerpt.Quote(exception.Pattern)} took longer than {exception.MatchTimeout.TotalSeconds:0} s.";
            return false;
        }
        finally
        {
            _spent += Stopwatch.GetElapsedTime(started);
        }
    }
}
