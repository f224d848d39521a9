using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Sluice.JsonSchemas.Patterns;

/// <summary>Reads the source of a pattern by code points.</summary>
internal sealed class PatternReader(string source)
{
    private const int MaxRepetitions = 1_000_000;

    private int position;

    public bool IsAtEnd => position >= source.Length;

    public char Peek(int offset = 0) => position + offset < source.Length ? source[position + offset] : '\0';

    public int Read()
    {
        if (IsAtEnd) throw Error("the pattern ends too early");
        var isPair = char.IsSurrogatePair(Peek(), Peek(1));
        var codePoint = isPair ? char.ConvertToUtf32(Peek(), Peek(1)) : Peek();
        position += isPair ? 2 : 1;
        return codePoint;
    }

    public bool TryTake(char expected)
    {
        if (IsAtEnd || source[position] != expected) return false;
        position++;
        return true;
    }

    public bool TryTake(string expected)
    {
        if (!source.AsSpan(position).StartsWith(expected, StringComparison.Ordinal)) return false;
        position += expected.Length;
        return true;
    }

    public bool TryTakeAny(ReadOnlySpan<string> expected, [NotNullWhen(true)] out string? taken)
    {
        foreach (var candidate in expected)
        {
            if (!TryTake(candidate)) continue;
            taken = candidate;
            return true;
        }
        taken = null;
        return false;
    }

    public int ReadNumber()
    {
        var start = position;
        while (char.IsAsciiDigit(Peek())) position++;
        return int.TryParse(source.AsSpan(start, position - start), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Error("the number is too large");
    }

    public int ReadHex(int minimumDigits, int maximumDigits)
    {
        var start = position;
        while (position - start < maximumDigits && char.IsAsciiHexDigit(Peek())) position++;
        if (position - start < minimumDigits) throw Error("a hexadecimal digit is missing");
        return int.Parse(source.AsSpan(start, position - start), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
    }

    /// <summary>Reads a name in angle brackets.</summary>
    public string ReadGroupName()
    {
        var name = TryTake('<') ? ReadUntil('>') : "";
        var isName = name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(unit => char.IsLetterOrDigit(unit) || unit is '_' or '$');
        return isName ? name : throw Error("a group name is missing or not a name");
    }

    /// <summary>Reads a name in braces.</summary>
    public string ReadPropertyName() => TryTake('{') ? ReadUntil('}') : throw Error("a property name in braces is missing");

    /// <summary>Reads a quantifier without its laziness. A brace that does not start one is left alone.</summary>
    public bool TryReadQuantifier(out int minimum, out int? maximum)
    {
        (minimum, maximum) = Peek() switch
        {
            '+' => (1, null),
            '?' => (0, 1),
            _ => (0, (int?)null),
        };
        if (TryTake('*') || TryTake('+') || TryTake('?')) return true;
        return Peek() == '{' && TryReadCount(out minimum, out maximum);
    }

    public FormatException Error(string reason) => new($"{reason} (at position {position})");

    private bool TryReadCount(out int minimum, out int? maximum)
    {
        var start = position++;
        (minimum, maximum) = (0, null);
        if (char.IsAsciiDigit(Peek()))
        {
            minimum = ReadNumber();
            maximum = !TryTake(',') ? minimum : char.IsAsciiDigit(Peek()) ? ReadNumber() : null;
            if (TryTake('}'))
            {
                if (maximum < minimum) throw Error("the repetition's limits are in the wrong order");
                if (Math.Max(minimum, maximum ?? 0) > MaxRepetitions) throw Error($"more than {MaxRepetitions} repetitions");
                return true;
            }
        }
        position = start;
        return false;
    }

    private string ReadUntil(char end)
    {
        var length = source.AsSpan(position).IndexOf(end);
        if (length < 0) throw Error($"a '{end}' is missing");
        var text = source.Substring(position, length);
        position += length + 1;
        return text;
    }
}
