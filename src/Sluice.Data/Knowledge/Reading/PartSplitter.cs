namespace Sluice.Data.Knowledge.Reading;

/// <summary>Splits a long text: at headings, the outermost first, and where a stretch without headings is still too long, between blocks.</summary>
internal sealed class PartSplitter(string text, IReadOnlyList<TextBlock> blocks)
{
    /// <summary>The most characters of a part, and of a document that is not split.</summary>
    public const int MostCharacters = 4000;

    // Shorter ones are put together, so that a text of nothing but headings has no part for each.
    private const int FewestCharacters = 400;

    private readonly List<DocumentPart> _parts = [];

    /// <summary>The parts, without gaps between them; one when the text is short.</summary>
    public IReadOnlyList<DocumentPart> Split()
    {
        if (blocks.Count == 0) return [];
        Split(0, blocks.Count, 0, []);
        return Merge(_parts);
    }

    /// <summary>Splits the blocks of a section.</summary>
    /// <param name="from">Its first block.</param>
    /// <param name="to">The block after its last.</param>
    /// <param name="level">The level of the heading it begins with; 0 where it begins with none.</param>
    /// <param name="headings">The headings it stands under, its own included.</param>
    private void Split(int from, int to, int level, IReadOnlyList<string> headings)
    {
        var next = EndOf(to) - blocks[from].Start <= MostCharacters ? 0 : OutermostLevel(from, to, level);
        if (next == 0)
        {
            SplitBetweenBlocks(from, to, headings);
            return;
        }

        for (var start = from; start < to;)
        {
            var end = start + 1;
            while (end < to && blocks[end].Level != next) end++;
            if (blocks[start].Level == next) Split(start, end, next, [.. headings, blocks[start].Heading!]);
            else SplitBetweenBlocks(start, end, headings);
            start = end;
        }
    }

    private int OutermostLevel(int from, int to, int level)
    {
        var found = 0;
        for (var i = from; i < to; i++)
            if (blocks[i].Level > level && (found == 0 || blocks[i].Level < found)) found = blocks[i].Level;
        return found;
    }

    private void SplitBetweenBlocks(int from, int to, IReadOnlyList<string> headings)
    {
        var start = blocks[from].Start;
        for (var i = from + 1; i < to; i++)
            if (EndOf(i + 1) - start > MostCharacters) start = Add(start, blocks[i].Start, headings);
        Add(start, EndOf(to), headings);
    }

    private int Add(int start, int end, IReadOnlyList<string> headings)
    {
        while (end - start > MostCharacters)
        {
            var cut = PlaceToCut(start);
            _parts.Add(new(start, cut, headings));
            start = cut;
        }

        if (end > start) _parts.Add(new(start, end, headings));
        return end;
    }

    /// <summary>After a line, or else a word, in the second half of what may be taken.</summary>
    private int PlaceToCut(int start)
    {
        var (middle, end) = (start + (MostCharacters / 2), start + MostCharacters);
        var half = text.AsSpan(middle, end - middle);
        var place = half.LastIndexOf('\n') is >= 0 and var line ? line : half.LastIndexOf(' ');
        if (place >= 0) return middle + place + 1;
        return char.IsHighSurrogate(text[end - 1]) ? end - 1 : end;
    }

    /// <summary>Where the blocks before this one end.</summary>
    private int EndOf(int block) => block < blocks.Count ? blocks[block].Start : text.Length;

    private static List<DocumentPart> Merge(List<DocumentPart> parts)
    {
        var merged = new List<DocumentPart>(parts.Count);
        foreach (var part in parts)
        {
            if (merged.Count > 0 && merged[^1].Length + part.Length <= FewestCharacters)
                merged[^1] = new(merged[^1].Start, part.End, Common(merged[^1].Headings, part.Headings));
            else
                merged.Add(part);
        }

        return merged;
    }

    private static IReadOnlyList<string> Common(IReadOnlyList<string> left, IReadOnlyList<string> right)
    {
        var common = left.Zip(right).TakeWhile(pair => pair.First == pair.Second).Select(pair => pair.First).ToArray();
        return common.Length > 0 ? common : left;
    }
}
