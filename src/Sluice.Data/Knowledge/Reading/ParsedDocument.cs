namespace Sluice.Data.Knowledge.Reading;

/// <summary>A document that was read and taken apart.</summary>
internal sealed record ParsedDocument
{
    private const int LongestTitle = 200;

    /// <summary>The file, relative to the source directory.</summary>
    public required string Path { get; init; }

    /// <summary>All of its text, front matter included: what its body holds, and what offsets count in.</summary>
    public required string Text { get; init; }

    public required bool IsMarkdown { get; init; }

    public required string Title { get; init; }

    public required FrontMatter FrontMatter { get; init; }

    public required IReadOnlyList<TextBlock> Blocks { get; init; }

    /// <summary>Its parts; one for a short document, none for one without text.</summary>
    public required IReadOnlyList<DocumentPart> Parts { get; init; }

    public bool IsSplit => Parts.Count > 1;

    /// <summary>Takes a text apart.</summary>
    /// <exception cref="SluiceException">Its front matter cannot be read (<c>invalid_document</c>).</exception>
    public static ParsedDocument Parse(SourceFile file, string text)
    {
        var markdown = file.IsMarkdown ? MarkdownBlocks.Read(text) : null;
        var blocks = markdown?.Blocks ?? Paragraphs.Read(text);
        var frontMatter = markdown?.FrontMatter is { } yaml ? FrontMatter.Read(yaml) : new();
        return new()
        {
            Path = file.Path,
            Text = text,
            IsMarkdown = markdown is not null,
            Title = TitleOf(file, frontMatter, blocks),
            FrontMatter = frontMatter,
            Blocks = blocks,
            Parts = new PartSplitter(text, blocks).Split(),
        };
    }

    public string TextOf(DocumentPart part) => Text[part.Start..part.End].TrimEnd();

    /// <summary>The blocks of a part, each with its end. The first may be the rest of one that was too long.</summary>
    public IEnumerable<(TextBlock Block, int End)> BlocksOf(DocumentPart part)
    {
        var block = new TextBlock(part.Start);
        for (var i = FirstBlockFrom(part.Start); i < Blocks.Count && Blocks[i].Start < part.End; i++)
        {
            if (Blocks[i].Start > block.Start) yield return (block, Blocks[i].Start);
            block = Blocks[i];
        }

        yield return (block, part.End);
    }

    private int FirstBlockFrom(int start)
    {
        var (low, high) = (0, Blocks.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Blocks[middle].Start < start) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    private static string TitleOf(SourceFile file, FrontMatter frontMatter, IReadOnlyList<TextBlock> blocks)
    {
        var heading = blocks.FirstOrDefault(block => block.Level == 1).Heading;
        var names = new[] { frontMatter.Title, heading, System.IO.Path.GetFileNameWithoutExtension(file.Path) };
        return Excerpts.OneLine(Array.Find(names, name => !string.IsNullOrWhiteSpace(name)) ?? file.Path, LongestTitle);
    }
}
