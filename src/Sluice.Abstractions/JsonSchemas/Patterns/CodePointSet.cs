using System.Globalization;
using System.Text;

namespace Sluice.JsonSchemas.Patterns;

/// <summary>A set of Unicode code points as sorted ranges that do not touch. Lone surrogates match nothing.</summary>
internal sealed class CodePointSet
{
    private const int MaxCodePoint = 0x10FFFF;
    private const int FirstAstral = 0x10000;
    private const string Nothing = @"[^\u0000-\uFFFF]";

    private readonly List<(int First, int Last)> _ranges;
    private readonly string? _basicPart;

    public CodePointSet(IEnumerable<(int First, int Last)> unsorted)
        : this(unsorted, null)
    {
    }

    private CodePointSet(IEnumerable<(int First, int Last)> unsorted, string? basicPart)
    {
        _basicPart = basicPart;
        _ranges = [];
        foreach (var range in unsorted.OrderBy(range => range.First))
        {
            if (_ranges.Count > 0 && range.First <= _ranges[^1].Last + 1)
            {
                _ranges[^1] = (_ranges[^1].First, Math.Max(_ranges[^1].Last, range.Last));
            }
            else _ranges.Add(range);
        }
    }

    public static CodePointSet Digits { get; } = new([('0', '9')]);

    public static CodePointSet WordCharacters { get; } = new([('0', '9'), ('A', 'Z'), ('a', 'z'), ('_', '_')]);

    public static CodePointSet WhiteSpace { get; } = new(
    [
        (0x09, 0x0D), (0x20, 0x20), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A), (0x2028, 0x2029), (0x202F, 0x202F),
        (0x205F, 0x205F), (0x3000, 0x3000), (0xFEFF, 0xFEFF),
    ]);

    /// <summary>What the dot matches: all but line terminators.</summary>
    public static CodePointSet AnyButLineEnd { get; } = new CodePointSet([('\n', '\n'), ('\r', '\r'), (0x2028, 0x2029)]).Negate();

    public IReadOnlyList<(int First, int Last)> Ranges => _ranges;

    /// <summary>The set of some general categories, given also as .NET writes them, which is far shorter than their ranges.</summary>
    public static CodePointSet OfCategories(IEnumerable<(int First, int Last)> ranges, string categories) => new(ranges, $"[{categories}]");

    public CodePointSet Negate()
    {
        var gaps = new List<(int First, int Last)>();
        var next = 0;
        foreach (var (first, last) in _ranges)
        {
            if (first > next) gaps.Add((next, first - 1));
            next = last + 1;
        }
        if (next <= MaxCodePoint) gaps.Add((next, MaxCodePoint));
        var canInvert = _basicPart is not null && !_basicPart.StartsWith("[^", StringComparison.Ordinal);
        return new CodePointSet(gaps, canInvert ? $@"[^{_basicPart![1..^1]}\p{{Cs}}]" : null);
    }

    /// <summary>A .NET pattern, which works on UTF-16 units, that matches exactly one code point of the set.</summary>
    /// <param name="withAstral">Whether code points above U+FFFF are to match too.</param>
    public string ToRegex(bool withAstral)
    {
        if (_ranges is [var (only, last)] && only == last && only < 0x80 && char.IsAsciiLetterOrDigit((char)only))
        {
            return ((char)only).ToString();
        }
        var basic = _basicPart ?? BasicPart();
        var astral = withAstral ? AstralPart() : "";
        if (astral.Length == 0) return basic.Length == 0 ? Nothing : basic;
        return basic.Length == 0 ? $"(?:{astral})" : $"(?:{basic}|{astral})";
    }

    private string BasicPart()
    {
        var text = new StringBuilder();
        foreach (var (first, last) in _ranges)
        {
            AppendRange(text, first, Math.Min(last, 0xD7FF));
            AppendRange(text, Math.Max(first, 0xE000), Math.Min(last, 0xFFFF));
        }
        return text.Length == 0 ? "" : $"[{text}]";
    }

    private string AstralPart()
    {
        var lowsOfHigh = new SortedDictionary<int, StringBuilder>();
        foreach (var (first, last) in _ranges)
        {
            for (var start = Math.Max(first, FirstAstral); start <= last;)
            {
                var high = 0xD800 + ((start - FirstAstral) >> 10);
                var end = Math.Min(last, start | 0x3FF);
                if (!lowsOfHigh.TryGetValue(high, out var lows)) lowsOfHigh[high] = lows = new StringBuilder();
                AppendRange(lows, 0xDC00 + (start & 0x3FF), 0xDC00 + (end & 0x3FF));
                start = end + 1;
            }
        }
        var groups = lowsOfHigh.GroupBy(entry => entry.Value.ToString(), entry => entry.Key, StringComparer.Ordinal);
        return string.Join('|', groups.Select(group => $"[{ClassOf(group)}][{group.Key}]"));
    }

    private static string ClassOf(IEnumerable<int> units)
    {
        var text = new StringBuilder();
        foreach (var (first, last) in new CodePointSet(units.Select(unit => (unit, unit))).Ranges) AppendRange(text, first, last);
        return text.ToString();
    }

    private static void AppendRange(StringBuilder text, int first, int last)
    {
        if (first > last) return;
        text.Append(CultureInfo.InvariantCulture, $@"\u{first:X4}");
        if (last > first) text.Append(CultureInfo.InvariantCulture, $@"-\u{last:X4}");
    }
}
