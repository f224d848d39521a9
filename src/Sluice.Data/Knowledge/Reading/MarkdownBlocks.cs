using Markdig;
using Markdig.Extensions.Yaml;
using Markdig.Syntax;

namespace Sluice.Data.Knowledge.Reading;

/// <summary>The blocks of a Markdown text, without its front matter.</summary>
internal static class MarkdownBlocks
{
    private const int LongestHeading = 200;

    // The parser's time grows with the square of these, and no person writes so.
    private const int DeepestNesting = 200;
    private const int MostDefinitionsInARow = 1000;

    private static readonly MarkdownPipeline Pipeline = CreatePipeline();

    /// <summary>The blocks in order, and the front matter if there is one; null where the text is not to be read as Markdown.</summary>
    public static (IReadOnlyList<TextBlock> Blocks, string? FrontMatter)? Read(string text)
    {
        if (IsExcessive(text)) return null;
        MarkdownDocument document;
        try
        {
            document = Markdown.Parse(text, Pipeline);
        }
        catch (ArgumentException)
        {
            // What the parser says of a text that is nested too deeply.
            return null;
        }

        var frontMatter = document.FirstOrDefault() is YamlFrontMatterBlock yaml ? yaml : null;
        var blocks = document.Where(block => !ReferenceEquals(block, frontMatter) && block is not LinkReferenceDefinitionGroup)
            .Select(block => ToBlock(block, text)).OrderBy(block => block.Start).ToArray();
        return (blocks, frontMatter is null ? null : frontMatter.Lines.ToString());
    }

    private static TextBlock ToBlock(Block block, string text)
    {
        if (block is not HeadingBlock heading) return new(block.Span.Start);
        var source = text[block.Span.Start..Math.Min(block.Span.End + 1, text.Length)];
        return new(block.Span.Start, heading.Level, Excerpts.OneLine(WordsOf(source), LongestHeading));
    }

    private static string WordsOf(string heading)
    {
        try
        {
            return Markdown.ToPlainText(Excerpts.Cut(heading, 4 * LongestHeading));
        }
        catch (ArgumentException)
        {
            return heading.Trim('#', ' ');
        }
    }

    private static bool IsExcessive(string text)
    {
        var definitions = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var start = line.IndexOfAnyExcept(" \t>");
            if ((start < 0 ? line.Length : start) > DeepestNesting) return true;
            definitions = start >= 0 && line[start] == '[' ? definitions + 1 : 0;
            if (definitions > MostDefinitionsInARow) return true;
        }

        return false;
    }

    /// <summary>Only blocks are of interest; what is in them is not parsed.</summary>
    private static MarkdownPipeline CreatePipeline()
    {
        var builder = new MarkdownPipelineBuilder().UseYamlFrontMatter();
        builder.InlineParsers.Clear();
        return builder.Build();
    }
}
