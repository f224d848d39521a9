namespace Sluice.JsonSchemas.Patterns;

/// <summary>Reads what follows a backslash, where it stands for characters.</summary>
internal static class PatternEscape
{
    public static CodePointSet Read(PatternReader reader)
    {
        var escape = reader.Read();
        return escape switch
        {
            'd' => CodePointSet.Digits,
            'D' => CodePointSet.Digits.Negate(),
            'w' => CodePointSet.WordCharacters,
            'W' => CodePointSet.WordCharacters.Negate(),
            's' => CodePointSet.WhiteSpace,
            'S' => CodePointSet.WhiteSpace.Negate(),
            'p' => ReadProperty(reader),
            'P' => ReadProperty(reader).Negate(),
            _ => Single(ReadCharacter(escape, reader)),
        };
    }

    public static CodePointSet Single(int codePoint) => new([(codePoint, codePoint)]);

    private static int ReadCharacter(int escape, PatternReader reader) => escape switch
    {
        't' => '\t',
        'n' => '\n',
        'v' => '\v',
        'f' => '\f',
        'r' => '\r',
        '0' when !char.IsAsciiDigit(reader.Peek()) => 0,
        'c' when char.IsAsciiLetter(reader.Peek()) => reader.Read() & 0x1F,
        'x' => reader.ReadHex(2, 2),
        'u' => ReadUnicode(reader),
        < 0x80 when char.IsAsciiLetterOrDigit((char)escape) => throw reader.Error($"'\\{(char)escape}' is not an escape of ECMA-262"),
        _ => escape,
    };

    private static int ReadUnicode(PatternReader reader)
    {
        if (reader.TryTake('{'))
        {
            var codePoint = reader.ReadHex(1, 7);
            return reader.TryTake('}') && codePoint <= 0x10FFFF ? codePoint : throw reader.Error("the code point is not valid");
        }
        var unit = (char)reader.ReadHex(4, 4);
        if (!char.IsHighSurrogate(unit) || reader.Peek() != '\\' || reader.Peek(1) != 'u' || reader.Peek(2) is not ('d' or 'D'))
        {
            return unit;
        }
        reader.TryTake(@"\u");
        var low = (char)reader.ReadHex(4, 4);
        return char.IsLowSurrogate(low) ? char.ConvertToUtf32(unit, low) : throw reader.Error("a high surrogate has no low one");
    }

    private static CodePointSet ReadProperty(PatternReader reader)
    {
        var name = reader.ReadPropertyName();
        return UnicodeProperties.TryGet(name, out var set) ? set : throw reader.Error($"the Unicode property '{name}' is not supported");
    }
}
