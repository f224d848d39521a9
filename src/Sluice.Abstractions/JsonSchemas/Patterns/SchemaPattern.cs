using System.Buffers;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.RegularExpressions;
using Sluice.Json;
using Sluice.JsonSchemas.Evaluating;

namespace Sluice.JsonSchemas.Patterns;

/// <summary>
/// A regular expression of a schema. Runs in time linear in the text where the pattern allows it; otherwise it backtracks, within a time
/// limit.
/// </summary>
internal sealed class SchemaPattern
{
    private const int MaxSourceLength = 10_000;
    private const int MaxCharsOnStack = 256;
    private const int BytesPerStep = 64;

    // Linear time on a short text: what passes beyond this is not the match's but a busy machine's.
    private static readonly TimeSpan LongestQuickMatch = TimeSpan.FromMilliseconds(5);

    // Classes that fall into many ranges of surrogate pairs make an automaton slow to build; backtracking copes, within its time limit.
    private const int MaxAutomatonLength = 4096;

    private static readonly SearchValues<char> Surrogates =
        SearchValues.Create([.. Enumerable.Range(0xD800, 0x800).Select(unit => (char)unit)]);

    private readonly TimeSpan _timeout;
    private readonly bool _mayUseAutomaton;
    private readonly Regex _basic;
    private readonly Lazy<Regex> _astral;

    private SchemaPattern(string source, TimeSpan timeout, bool mayUseAutomaton)
    {
        Source = source;
        _timeout = timeout;
        _mayUseAutomaton = mayUseAutomaton;
        _basic = CreateRegex(PatternTranslator.Translate(source, withAstral: false));
        _astral = new Lazy<Regex>(() => CreateRegex(PatternTranslator.Translate(source, withAstral: true)));
    }

    public string Source { get; }

    /// <summary>Makes a pattern, or says why that cannot be.</summary>
    /// <param name="source">The ECMA-262 pattern.</param>
    /// <param name="timeout">How long one match may take.</param>
    /// <param name="mayUseAutomaton">Whether half a megabyte may be spent to match in linear time.</param>
    /// <param name="pattern">The pattern.</param>
    /// <param name="problem">Why there is none.</param>
    public static bool TryCreate(
        string source, TimeSpan timeout, bool mayUseAutomaton, [NotNullWhen(true)] out SchemaPattern? pattern, out string problem)
    {
        pattern = null;
        problem = $"The pattern is longer than {MaxSourceLength} characters.";
        if (source.Length > MaxSourceLength) return false;
        try
        {
            pattern = new SchemaPattern(source, timeout, mayUseAutomaton);
            return true;
        }
        catch (FormatException error)
        {
            problem = $"{Excerpt.Quote(source)} is not a regular expression of ECMA-262: {error.Message}.";
        }
        catch (ArgumentException error)
        {
            // What the translator lets through and .NET still refuses, such as groups nested beyond its limits.
            problem = $"{Excerpt.Quote(source)} is not a usable regular expression: {error.Message}";
        }
        return false;
    }

    /// <summary>Whether the text between the quotes of a JSON string matches. Running out of time ends the validation.</summary>
    public bool IsMatch(ReadOnlySpan<byte> raw, Evaluation evaluation)
    {
        if (!evaluation.TrySpend(1 + (raw.Length / BytesPerStep))) return false;
        using var text = new UnescapedText(raw);
        if (text.Utf8.Length > MaxCharsOnStack) return IsLongMatch(text.Utf8, evaluation);
        Span<char> chars = stackalloc char[MaxCharsOnStack];
        return IsMatch(chars[..Encoding.UTF8.GetChars(text.Utf8, chars)], evaluation);
    }

    private bool IsLongMatch(ReadOnlySpan<byte> utf8, Evaluation evaluation)
    {
        var chars = ArrayPool<char>.Shared.Rent(utf8.Length);
        try
        {
            return IsMatch(chars.AsSpan(0, Encoding.UTF8.GetChars(utf8, chars)), evaluation);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(chars);
        }
    }

    private bool IsMatch(ReadOnlySpan<char> text, Evaluation evaluation)
    {
        var startedAt = Stopwatch.GetTimestamp();
        try
        {
            var regex = text.ContainsAny(Surrogates) ? _astral.Value : _basic;
            var isMatch = regex.IsMatch(text);
            var isQuick = text.Length <= MaxCharsOnStack && (regex.Options & RegexOptions.NonBacktracking) != RegexOptions.None;
            return evaluation.TrySpendPatternTime(startedAt, isQuick ? LongestQuickMatch : TimeSpan.MaxValue) && isMatch;
        }
        catch (RegexMatchTimeoutException)
        {
            var shown = Excerpt.Quote(text[..Math.Min(text.Length, MaxCharsOnStack)].ToString());
            var took = $"took longer than {_timeout.TotalMilliseconds:0} ms on {shown}";
            return evaluation.Stop("pattern", $"The pattern {Excerpt.Shorten(Source)} {took}; use a simpler pattern or value.");
        }
    }

    private Regex CreateRegex(TranslatedPattern translated)
    {
        if (_mayUseAutomaton && !translated.NeedsBacktracking && translated.Regex.Length <= MaxAutomatonLength)
        {
            try
            {
                // Its steps are counted; a limit by the clock would refuse a valid value on a machine that is busy elsewhere.
                return new Regex(translated.Regex, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, Regex.InfiniteMatchTimeout);
            }
            catch (NotSupportedException)
            {
                // The automaton would be too large, by .NET's own estimate; backtracking needs little memory and has its time limit.
            }
        }
        return new Regex(translated.Regex, RegexOptions.CultureInvariant, _timeout);
    }
}
