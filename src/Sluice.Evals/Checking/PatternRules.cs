using System.Text.RegularExpressions;

namespace Sluice.Evals.Checking;

/// <summary>
/// Refuses regular expressions that are none, and those that explode: matched against texts made of the expression's own characters, they
/// take longer than any text of that length should.
/// </summary>
internal static class PatternRules
{
    private const int ProbeLength = 1000;
    private const int MaxProbes = 16;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    public static void Check(string pattern, bool ignoreCase, string path, EvalProblems problems)
    {
        try
        {
            var options = RegexOptions.CultureInvariant | (ignoreCase ? RegexOptions.IgnoreCase : RegexOptions.None);
            var expression = new Regex(pattern, options, Patience);
            foreach (var probe in Probes(pattern)) expression.IsMatch(probe);
        }
        catch (RegexMatchTimeoutException)
        {
            problems.Add(
                EvalErrorCodes.InvalidPattern, path,
                $"The regular expression takes more than {Patience.TotalMilliseconds} ms for {ProbeLength} characters: its repetitions overlap, as in (a+)+. Write it so that each part can match in one way only.");
        }
        catch (ArgumentException exception)
        {
            problems.Add(EvalErrorCodes.InvalidPattern, path, $"The text is no regular expression: {exception.Message}");
        }
    }

    /// <summary>Runs of each kind of character that the expression may repeat, with an end that it does not expect.</summary>
    private static IEnumerable<string> Probes(string pattern) =>
        pattern.Where(char.IsLetterOrDigit).Concat("a0 _-.").Distinct().Take(MaxProbes).Select(character => new string(character, ProbeLength) + "\u0001");
}
