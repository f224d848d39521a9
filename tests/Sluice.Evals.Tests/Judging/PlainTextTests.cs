using FsCheck;
using FsCheck.Fluent;
using Sluice.Evals.Judging;

namespace Sluice.Evals.Tests.Judging;

/// <summary>A judge reads what is said, not how it looks.</summary>
public sealed class PlainTextTests
{
    [Theory]
    [InlineData("# Stock\n\n## By shop ##", "Stock\n\nBy shop")]
    [InlineData("- 42 boots\n* 7 hats\n+ 3 coats\n  - nested", "42 boots\n7 hats\n3 coats\nnested")]
    [InlineData("1. first\n2) second", "1. first\n2) second")]
    [InlineData("**42** boots, *not* 17, ***never*** __7__ or _8_", "42 boots, not 17, never 7 or 8")]
    [InlineData("这是**重点**内容", "这是重点内容")]
    [InlineData("Use `SELECT *` or ``a`b``.", "Use SELECT * or a`b.")]
    [InlineData("Before\n```sql\nSELECT * -- **all**\n```\nAfter", "Before\nSELECT * -- **all**\nAfter")]
    [InlineData("~~~~\n```\n~~~\n~~~~\nAfter", "```\n~~~\nAfter")]
    [InlineData("| shop | boots |\n|:-----|------:|\n| North | 42 |\n| | 7 |\n\n- end", "shop | boots\nNorth | 42\n| 7\n\nend")]
    [InlineData("Title\n=====\ntext\n\n---\n* * *\nend", "Title\ntext\n\nend")]
    [InlineData("one\r\ntwo", "one\ntwo")]
    public void Formatting_IsTakenOut(string markdown, string plain) => PlainText.Of(markdown).ShouldBe(plain);

    [Theory]
    [InlineData("2 * 3 * 4, SELECT * FROM a, b * 2")]
    [InlineData("2*3*4 = 24 and 2 ** 3 = 8")]
    [InlineData("snake_case_name and __init")]
    [InlineData("-5 degrees, #42, #hashtag, 5* hotel")]
    [InlineData("~~42~~ 17")]
    [InlineData("> as the manual says")]
    [InlineData("[the list](https://shop.test/a_b_c)")]
    [InlineData("|x| is at most 3")]
    [InlineData("a ` b")]
    [InlineData("\\*not emphasis\\*")]
    [InlineData("")]
    public void Text_ThatIsNoFormatting_Stays(string text) => PlainText.Of(text).ShouldBe(text);

    [Fact]
    public void Looks_OfTheSameAnswer_AreOneText() => PlainText.Of("""
        ### Result
        * **North**: `42`
        * __South__: 7
        """).ShouldBe(PlainText.Of("Result\n- North: 42\n- South: 7"));

    [Fact]
    public void Letters_Digits_AndTheirOrder_AlwaysStay()
    {
        // Never three backticks before a letter: the word after an opening fence names a language, and goes with it.
        var pieces = Gen.Elements("*", "**", "_", " `", "```\n", "~~~\n", "#", "# ", "- ", "+ ", "|", "|--|\n", "\n", " ", "\\", "a", "7", "ß", "文", "-", ">", "=", "===\n");
        Prop.ForAll(pieces.ListOf().Select(string.Concat).ToArbitrary(), text => Words(PlainText.Of(text)) == Words(text)).QuickCheckThrowOnFailure();

        static string Words(string text) => string.Concat(text.Where(char.IsLetterOrDigit));
    }
}
