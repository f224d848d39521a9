using System.Text.RegularExpressions;
using Sluice.Evals.Scoring.Comparing;

namespace Sluice.Evals.Checking;

/// <summary>
/// Refuses regular expressions that are none, and those that explode: on a short text made of the expression's own characters they take longer
/// than scorers wait.
/// </summary>
internal static class PatternRules
{
    private const int ProbeLength = 1000;
    private const int MaxProbes = 16;

    public static void Check(string pattern, bool ignoreCase, string path, EvalProblems problems)
    {
        var expression = ScorerPattern.Get(pattern, ignoreCase);
        if (expression.Problem is { } problem)
        {
            problems.Add(EvalErrorCodes.InvalidPattern, path, problem);
            return;
        }

        try
        {
            foreach (var probe in Probes(pattern)) expression.IsMatch(probe);
        }
        catch (RegexMatchTimeoutException)
        {
            problems.Add(
                EvalErrorCodes.InvalidPattern, path,
                $"The regular expression takes more than {ScorerPattern.MatchTimeout.TotalSeconds} s for {ProbeLength} characters. Write it without look-around and back-references, which makes it fast, or so that its repetitions do not overlap as in (a+)+.");
        }
    }

    /// <summary>Runs of each kind of character that the expression may repeat, with an end that it does not expect.</summary>
    private static IEnumerable<string> Probes(string pattern) =>
        pattern.Where(char.IsLetterOrDigit).Concat("a0 _-.").Distinct().Take(MaxProbes).Select(character => new string(character, ProbeLength) + "\u0001");
}
