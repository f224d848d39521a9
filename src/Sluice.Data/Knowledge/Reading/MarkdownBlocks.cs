using System.Text.RegularExpressions;
using Markdig;
using Markdig.Extensions.Yaml;
using Markdig.Parsers;
using Markdig.Syntax;

namespace Sluice.Data.Knowledge.Reading;

/// <summary>The blocks of a Markdown text, without its front matter.</summary>
internal static partial class MarkdownBlocks
{
    private const int LongestHeading = 200;

    // The parser's time grows with the square of these, and no person writes so.
    private const int DeepestNesting = 200;
    private const int MostUnderlines = 2000;

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

        // A text may also begin with a line across the page.
        var frontMatter = document.FirstOrDefault() is YamlFrontMatterBlock yaml && BeginsWithKey().IsMatch(yaml.Lines.ToString()) ? yaml : null;
        var blocks = document.Where(block => !ReferenceEquals(block, frontMatter))
            .Select(block => ToBlock(block, text)).OrderBy(block => block.Start).ToArray();
        return (blocks, frontMatter is null ? null : frontMatter.Lines.ToString());
    }

    private static TextBlock ToBlock(Block block, string text)
    {
        if (block is not HeadingBlock heading) return new(block.Span.Start);
        var source = Excerpts.Cut(text[block.Span.Start..Math.Min(block.Span.End + 1, text.Length)], 4 * LongestHeading);
        return new(block.Span.Start, heading.Level, Excerpts.OneLine(WordsOf(source), LongestHeading));
    }

    /// <summary>A heading without its marks and those of emphasis, code and links. Underscores are parts of names here.</summary>
    private static string WordsOf(string heading)
    {
        var isUnderlined = !heading.StartsWith('#') && heading.Contains('\n', StringComparison.Ordinal);
        var words = isUnderlined ? heading[..heading.LastIndexOf('\n')] : heading.Trim('#', ' ');
        words = words.Contains('[', StringComparison.Ordinal) ? Link().Replace(words, "${text}") : words;
        return words.AsSpan().ContainsAny('*', '`') ? words.Replace("*", "", StringComparison.Ordinal).Replace("`", "", StringComparison.Ordinal) : words;
    }

    [GeneratedRegex(@"!?\[(?<text>[^\[\]]*)\]\([^()]*\)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Link();

    [GeneratedRegex(@"^\s*(#[^\n]*\s+)*[\w""'][^\n:]*:(\s|$)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex BeginsWithKey();

    private static bool IsExcessive(string text)
    {
        var (underlines, isAfterText) = (0, false);
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var start = line.IndexOfAnyExcept(" \t>");
            if ((start < 0 ? line.Length : start) > DeepestNesting) return true;
            if (isAfterText && start >= 0 && line.IndexOfAnyExcept("-= \t>") < 0 && ++underlines > MostUnderlines) return true;
            isAfterText = start >= 0;
        }

        return false;
    }

    /// <summary>Only blocks are of interest; what is in them is not parsed.</summary>
    private static MarkdownPipeline CreatePipeline()
    {
        var builder = new MarkdownPipelineBuilder().UseYamlFrontMatter();
        builder.InlineParsers.Clear();
        builder.BlockParsers.Replace<ParagraphBlockParser>(new PlainParagraphParser());
        return builder.Build();
    }
}
