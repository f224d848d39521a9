namespace Sluice.Data.Knowledge.Reading;

/// <summary>The blocks of a plain text: what stands between blank lines.</summary>
internal static class Paragraphs
{
    public static IReadOnlyList<TextBlock> Read(string text)
    {
        var (blocks, isAfterBlank) = (new List<TextBlock>(), true);
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start) is >= 0 and var line ? line + 1 : text.Length;
            var isBlank = text.AsSpan(start, end - start).IsWhiteSpace();
            if (isAfterBlank && !isBlank) blocks.Add(new(start));
            (isAfterBlank, start) = (isBlank, end);
        }

        return blocks;
    }
}
