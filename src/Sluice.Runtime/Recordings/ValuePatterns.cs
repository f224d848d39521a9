using System.Text.RegularExpressions;

namespace Sluice.Runtime.Recordings;

/// <summary>Finds what differs from run to run, and takes out what must not be written.</summary>
internal sealed partial class ValuePatterns
{
    public const string Volatile = "volatile";
    public const string Redacted = "***";

    private static readonly TimeSpan PatternTimeout = TimeSpan.FromSeconds(1);
    private readonly IReadOnlyList<string> _secrets;
    private readonly IReadOnlyList<Regex> _secretPatterns;
    private readonly IReadOnlyList<Regex> _volatile;

    public ValuePatterns(CassetteOptions options, IEnumerable<string> keys)
    {
        _secrets = [.. SecretValues.WithEscapedForms([.. options.Secrets, .. keys])];
        _secretPatterns = [.. options.SecretPatterns.Select(Limit)];
        _volatile = [.. options.Volatile.Select(Limit)];
    }

    /// <summary>The text without secrets.</summary>
    public string Redact(string text)
    {
        foreach (var secret in _secrets) text = text.Replace(secret, Redacted, StringComparison.Ordinal);
        foreach (var pattern in _secretPatterns)
            text = Run(pattern, text, static (regex, input) => regex.Replace(input, match => match.Length == 0 ? "" : Redacted));
        return text;
    }

    /// <summary>Everything that is not written as it stands, in order and without overlaps.</summary>
    public IReadOnlyList<FoundValue> Find(string text)
    {
        List<FoundValue>? found = null;
        foreach (Match match in Ids().Matches(text)) (found ??= []).Add(new(match.Index, match.Length, KindOf(match)));
        foreach (var pattern in _volatile)
        {
            foreach (var match in Run(pattern, text, static (regex, input) => regex.Matches(input).ToList()))
            {
                if (match.Length > 0) (found ??= []).Add(new(match.Index, match.Length, Volatile));
            }
        }

        for (var at = text.IndexOf(Placeholders.Open); at >= 0; at = text.IndexOf(Placeholders.Open, at + 1))
            (found ??= []).Add(new(at, 1, ""));
        return found is null ? [] : WithoutOverlaps(found);
    }

    /// <summary>Whether a number, as it is written, is a value that differs from run to run.</summary>
    public bool IsVolatile(string number) =>
        _volatile.Any(pattern => Run(pattern, number, static (regex, input) => regex.Match(input)) is { Success: true, Index: 0 } match
            && match.Length == number.Length);

    private static List<FoundValue> WithoutOverlaps(List<FoundValue> found)
    {
        var kept = new List<FoundValue>(found.Count);
        foreach (var value in found.OrderBy(value => value.Start).ThenByDescending(value => value.Length))
        {
            if (kept.Count == 0 || value.Start >= kept[^1].End) kept.Add(value);
        }

        return kept;
    }

    private static string KindOf(Match match) => match.Groups["kind"] is { Success: true } prefix ? prefix.Value
        : match.Groups["time"].Success ? Placeholders.TimeKind
        : match.Length == 64 ? "hash"
        : "key";

    private static Regex Limit(Regex pattern) => pattern.MatchTimeout == Regex.InfiniteMatchTimeout
        ? new(pattern.ToString(), pattern.Options, PatternTimeout)
        : pattern;

    private static T Run<T>(Regex pattern, string text, Func<Regex, string, T> match)
    {
        try
        {
            return match(pattern, text);
        }
        catch (RegexMatchTimeoutException exception)
        {
            throw new SluiceException(
                ErrorCodes.InvalidOptions,
                $"The pattern '{pattern}' of the cassette options took longer than {pattern.MatchTimeout} on a text of {text.Length} characters. "
                + "Write it so that it does not backtrack.",
                exception);
        }
    }

    /// <summary>The runtime's ids; keys of steps and actions (32 digits), hashes of plans (64), and when a reference expired.</summary>
    [GeneratedRegex(
        "(?<![0-9A-Za-z])((?<kind>run|thread|approval|ref)-[0-9a-f]{32}|(?<kind>plan)-[0-9a-f]{16}|[0-9a-f]{64}|[0-9a-f]{32})(?![0-9A-Za-z])"
        + @"|(?<=^Reference '.* expired at )(?<time>[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:]{8}Z)(?=\. Create it again\.$)",
        RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Ids();
}
