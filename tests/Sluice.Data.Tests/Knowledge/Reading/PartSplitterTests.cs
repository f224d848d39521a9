using FsCheck;
using FsCheck.Fluent;
using Sluice.Data.Knowledge.Reading;

namespace Sluice.Data.Tests.Knowledge.Reading;

public sealed class PartSplitterTests
{
    private static readonly string[] Pieces =
    [
        "# One\n", "## Two\n", "### Three\n", "###### Six\n", "Setext\n===\n", "text ", "\n", "\n\n", "```\n# code\n```\n", "> # quoted\n", "- item\n", "😀😀😀",
        new('x', 900), string.Concat(Enumerable.Repeat("words and words ", 300)), string.Concat(Enumerable.Repeat("😀", 2500)), "---\n", "[a]: b\n", "<div>\n", "\t", "\r\n",
    ];

    [Fact]
    public void Split_AnyText_HasPartsWithoutGapsThatAreNotTooLong() => Prop.ForAll(Texts().ToArbitrary(), Gen.Elements("a.md", "a.txt").ToArbitrary(), (text, name) =>
    {
        var document = Parse(text, name);
        var parts = document.Parts;
        if (parts.Count == 0) return string.IsNullOrWhiteSpace(text) || document.Blocks.Count == 0;
        return parts[0].Start == document.Blocks[0].Start
            && parts[^1].End == text.Length
            && parts.Zip(parts.Skip(1)).All(pair => pair.First.End == pair.Second.Start)
            && parts.All(part => part.Length is > 0 and <= PartSplitter.MostCharacters && !char.IsLowSurrogate(text[part.Start]))
            && (parts.Count == 1 || text.Length - parts[0].Start > PartSplitter.MostCharacters);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void Split_AtHeadings_KeepsSectionsWholeThatFit()
    {
        var document = Parse($"Before.\n\n# A\n\n{Words(1500)}\n\n## A1\n\n{Words(1500)}\n\n# B\n\n{Words(3000)}\n\n## B1\n\n{Words(2500)}\n\n### B1a\n\n{Words(600)}\n\n## B2\n\n{Words(700)}\n");

        document.Parts.Select(part => string.Join('/', part.Headings)).ShouldBe(["", "A", "B", "B/B1", "B/B2"]);
        document.TextOf(document.Parts[1]).ShouldStartWith("# A\n");
        document.TextOf(document.Parts[3]).ShouldContain("### B1a");
    }

    [Fact]
    public void Split_HeadingsInCodeAndQuotes_AreNone()
    {
        var document = Parse($"# Real\n\n{Words(2500)}\n\n```sh\n# comment\n```\n\n> # quoted\n\n    # indented\n\n{Words(2500)}\n");

        document.Blocks.Count(block => block.Heading is not null).ShouldBe(1);
        document.Parts.Select(part => part.Headings.Single()).ShouldBe(["Real", "Real"]);
    }

    [Fact]
    public void Split_NothingButHeadings_HasFewParts()
    {
        var document = Parse(string.Concat(Enumerable.Range(1, 10_000).Select(n => $"# {n}\n")));

        document.Parts.Count.ShouldBeLessThan(document.Text.Length / 200);
    }

    [Theory]
    [InlineData("# Say `so` *now*\n\nText", "Say so now")]
    [InlineData("# The [price](https://shop.test/p?a=b) of ![](x.png)order_items ##", "The price of order_items")]
    [InlineData("## Not this\n\nTitle\n=====\n", "Title")]
    [InlineData("---\ntitle: 'From front matter'\n---\n\n# Heading\n", "From front matter")]
    [InlineData("No heading", "a name")]
    public void Title_IsTheFrontMattersOrTheFirstHeadingsOrTheFiles(string text, string title) => Parse(text, "folder/a name.md").Title.ShouldBe(title);

    [Fact]
    public void FrontMatter_InEitherSpelling_IsRead()
    {
        var document = Parse("---\r\nTitle: ignored\r\ntags: returns, refunds,, returns\r\nappliesTo: orders\r\nyear: 2024\r\n---\r\nText");

        document.FrontMatter.Tags.ShouldBe(["returns", "refunds"]);
        document.FrontMatter.AppliesTo.ShouldBe(["orders"]);
        document.TextOf(document.Parts[0]).ShouldBe("Text");
    }

    [Theory]
    [InlineData("---\nWords\n---\n")]
    [InlineData("---\n- a: b\n---\n")]
    [InlineData("---\n\n---\n")]
    public void Text_BetweenLinesAcrossThePage_IsNoFrontMatter(string text)
    {
        var document = Parse($"{text}More");

        document.TextOf(document.Parts[0]).ShouldBe($"{text}More");
    }

    [Theory]
    [InlineData(">", 3_000_000)]
    [InlineData("[a]: b\n", 300_000)]
    [InlineData("[a]: b\n\n", 300_000)]
    [InlineData("[b]:\n+ \n", 300_000)]
    [InlineData("[", 3_000_000)]
    [InlineData("`", 3_000_000)]
    [InlineData("*a _b ", 300_000)]
    [InlineData("<!--", 300_000)]
    [InlineData("| a ", 300_000)]
    [InlineData("- ", 300_000)]
    [InlineData("- a\n\n", 100_000)]
    [InlineData("# a\n", 300_000)]
    [InlineData("a\n---\n", 300_000)]
    [InlineData("```\n", 300_000)]
    public void Parse_TextThatIsMadeToTakeLong_Ends(string piece, int times)
    {
        var document = Parse(string.Concat(Enumerable.Repeat(piece, times)));

        document.Parts.Count.ShouldBeInRange(1, (piece.Length * times / 200) + 1);
    }

    [Fact]
    public void Parse_ListNestedWithoutEnd_IsReadAsPlainText()
    {
        var document = Parse($"# Title\n\n{string.Concat(Enumerable.Range(0, 2000).Select(depth => $"{new string(' ', depth * 2)}- item\n"))}");

        document.IsMarkdown.ShouldBeFalse();
        document.Text.Length.ShouldBeGreaterThan(4_000_000);
    }

    private static ParsedDocument Parse(string text, string path = "a.md") => ParsedDocument.Parse(new(path, path), text);

    private static string Words(int length) => string.Concat(Enumerable.Repeat("word ", length / 5));

    /// <summary>None that begins as front matter does: what is in it has rules of its own.</summary>
    private static Gen<string> Texts() => Gen.Elements(Pieces).ListOf().Select(string.Concat).Where(text => !text.StartsWith("---", StringComparison.Ordinal));
}
