namespace Sluice.JsonSchemas.Patterns;

/// <summary>Reads a character class after its opening bracket.</summary>
internal static class PatternClass
{
    public static CodePointSet Read(PatternReader reader)
    {
        var isNegated = reader.TryTake('^');
        var ranges = new List<(int First, int Last)>();
        while (!reader.TryTake(']')) ReadRange(reader, ranges);
        var set = new CodePointSet(ranges);
        return isNegated ? set.Negate() : set;
    }

    private static void ReadRange(PatternReader reader, List<(int First, int Last)> ranges)
    {
        var first = ReadAtom(reader);
        if (reader.Peek() != '-' || reader.Peek(1) == ']')
        {
            ranges.AddRange(first);
            return;
        }
        reader.TryTake('-');
        var last = ReadAtom(reader);
        if (first is not [var (from, fromEnd)] || from != fromEnd || last is not [var (to, toEnd)] || to != toEnd)
        {
            // A class such as \w cannot be the end of a range: then the hyphen means itself.
            ranges.AddRange([.. first, ('-', '-'), .. last]);
            return;
        }
        ranges.Add(from <= to ? (from, to) : throw reader.Error("a range in a character class is in the wrong order"));
    }

    private static IReadOnlyList<(int First, int Last)> ReadAtom(PatternReader reader)
    {
        var codePoint = reader.Read();
        if (codePoint != '\\') return [(codePoint, codePoint)];
        return reader.TryTake('b') ? [('\b', '\b')] : PatternEscape.Read(reader).Ranges;
    }
}
