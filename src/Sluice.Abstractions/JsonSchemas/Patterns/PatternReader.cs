using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Sluice.JsonSchemas.Patterns;

/// <summary>Reads the source of a pattern by code points.</summary>
internal sealed class PatternReader(string source)
{
    private const int MaxRepetitions = 1_000_000;

    private int _position;

    public bool IsAtEnd => _position >= source.Length;

    public char Peek(int offset = 0) => _position + offset < source.Length ? source[_position + offset] : '\0';

    public int Read()
    {
        if (IsAtEnd) throw Error("the pattern ends too early");
        var isPair = char.IsSurrogatePair(Peek(), Peek(1));
        var codePoint = isPair ? char.ConvertToUtf32(Peek(), Peek(1)) : Peek();
        _position += isPair ? 2 : 1;
        return codePoint;
    }

    public bool TryTake(char expected)
    {
        if (IsAtEnd || source[_position] != expected) return false;
        _position++;
        return true;
    }

    public bool TryTake(string expected)
    {
        if (!source.AsSpan(_position).StartsWith(expected, StringComparison.Ordinal)) return false;
        _position += expected.Length;
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
        var start = _position;
        while (char.IsAsciiDigit(Peek())) _position++;
        return int.TryParse(source.AsSpan(start, _position - start), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Error("the number is too large");
    }

    public int ReadHex(int minimumDigits, int maximumDigits)
    {
        var start = _position;
        while (_position - start < maximumDigits && char.IsAsciiHexDigit(Peek())) _position++;
        if (_position - start < minimumDigits) throw Error("a hexadecimal digit is missing");
        return int.Parse(source.AsSpan(start, _position - start), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
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

    public FormatException Error(string reason) => new($"{reason} (at position {_position})");

    private bool TryReadCount(out int minimum, out int? maximum)
    {
        var start = _position++;
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
        _position = start;
        return false;
    }

    private string ReadUntil(char end)
    {
        var length = source.AsSpan(_position).IndexOf(end);
        if (length < 0) throw Error($"a '{end}' is missing");
        var text = source.Substring(_position, length);
        _position += length + 1;
        return text;
    }
}
