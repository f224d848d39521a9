using System.Text;
using System.Text.RegularExpressions;

namespace Sluice.Runtime.Recordings;

/// <summary>
/// What stands for the values of one request that differ from run to run: <c>⟨ref-1⟩</c>, numbered per kind by first appearance. A literal
/// <c>⟨</c> is written twice. Filled while the request is written, and read-only after that.
/// </summary>
internal sealed partial class Placeholders(ValuePatterns patterns)
{
    public const char Open = '⟨';

    public const string TimeKind = "time";

    /// <summary>Stands for a time that the runtime tells of a reference, and for how long a query took; an answer that repeats one keeps what was recorded.</summary>
    public const string Time = $"⟨{TimeKind}⟩";

    private const char Close = '⟩';
    private const string NumberSign = "=";
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>The text as it is written.</summary>
    /// <param name="text">The text.</param>
    /// <param name="mayAdd">Whether a value that is met for the first time gets a placeholder; otherwise it stays.</param>
    public string Encode(string text, bool mayAdd)
    {
        text = patterns.Redact(text);
        return Replace(text, value => Written(text.Substring(value.Start, value.Length), value.Kind, mayAdd));
    }

    /// <summary>The text in which every value is only its kind: what members are ordered by, because the values order differently in every run.</summary>
    public string Shape(string text) => Replace(patterns.Redact(text), value => $"{Open}{value.Kind}{Close}");

    /// <summary>The text that is written in a number's place; null: it is written as it stands.</summary>
    public string? EncodeNumber(string number, bool mayAdd)
    {
        if (patterns.Redact(number) != number) return ValuePatterns.Redacted;
        return patterns.IsVolatile(number) && NameOf(number, ValuePatterns.Volatile, mayAdd) is { } name ? $"{Open}{NumberSign}{name}{Close}" : null;
    }

    /// <summary>The text with the values of this request. A placeholder that it has no value for stays.</summary>
    public string Decode(string text) => !text.Contains(Open)
        ? text
        : Placeholder().Replace(text, match => match.Groups["name"] is { Success: true } name
            ? _values.GetValueOrDefault(name.Value, match.Value)
            : Open.ToString());

    /// <summary>The number that a text was written in place of; null: the text is a text.</summary>
    public string? DecodeNumber(string text) =>
        text.Length > 3 && text[0] == Open && text[^1] == Close && text.AsSpan(1).StartsWith(NumberSign) ? _values.GetValueOrDefault(text[2..^1]) : null;

    /// <summary>A request whose volatile values have no numbers: two times may be equal in one run and differ in the next.</summary>
    public static string WithoutVolatileNumbers(string json) =>
        json.Contains(Open) ? VolatileNumber().Replace(json, $"{ValuePatterns.Volatile}{Close}") : json;

    private string? Written(string value, string kind, bool mayAdd)
    {
        if (kind == TimeKind) return mayAdd ? Time : null;
        return NameOf(value, kind, mayAdd) is { } name ? $"{Open}{name}{Close}" : null;
    }

    private string? NameOf(string value, string kind, bool mayAdd)
    {
        if (_names.TryGetValue(value, out var name) || !mayAdd) return name;
        var number = _counts[kind] = _counts.GetValueOrDefault(kind) + 1;
        name = $"{kind}-{number}";
        _values[name] = value;
        return _names[value] = name;
    }

    private string Replace(string text, Func<FoundValue, string?> placeholder)
    {
        var found = patterns.Find(text);
        if (found.Count == 0) return text;
        var result = new StringBuilder(text.Length);
        var end = 0;
        foreach (var value in found)
        {
            result.Append(text, end, value.Start - end);
            if (value.Kind.Length == 0) result.Append(Open).Append(Open);
            else if (placeholder(value) is { } written) result.Append(written);
            else result.Append(text[value.Start..value.End].Replace($"{Open}", $"{Open}{Open}", StringComparison.Ordinal));
            end = value.End;
        }

        return result.Append(text, end, text.Length - end).ToString();
    }

    [GeneratedRegex("⟨⟨|⟨=?(?<name>[a-z]+-[0-9]+)⟩", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Placeholder();

    [GeneratedRegex("volatile-[0-9]+⟩", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex VolatileNumber();
}
