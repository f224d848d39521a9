using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Sluice.Data;

namespace Sluice.Abstractions.Tests.Data;

public sealed class CodePointComparerTests
{
    private static readonly string[] Characters = ["", "a", "b", "é", "\u07FF", "\u0800", "\uD7FF", "\uE000", "\uFFFD", "\uFFFF", "😀", "\U0010FFFF", "\U00010000"];

    [Fact]
    public void Compare_OfAnyTexts_AgreesWithTheirUtf8Bytes()
    {
        var texts = Gen.Elements(Characters).ArrayOf().Select(string.Concat).Two().ToArbitrary();

        Prop.ForAll(texts, pair =>
        {
            var expected = Encoding.UTF8.GetBytes(pair.Item1).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(pair.Item2));
            return Math.Sign(CodePointComparer.Instance.Compare(pair.Item1, pair.Item2)) == Math.Sign(expected);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Compare_BeyondSixteenBits_DiffersFromOrdinal()
    {
        CodePointComparer.Instance.Compare("😀", "\uFFFD").ShouldBePositive();
        string.CompareOrdinal("😀", "\uFFFD").ShouldBeNegative();
    }

    [Fact]
    public void Compare_OfNull_PutsItFirst()
    {
        CodePointComparer.Instance.Compare(null, "").ShouldBeNegative();
        CodePointComparer.Instance.Compare("", null).ShouldBePositive();
        CodePointComparer.Instance.Compare(null, null).ShouldBe(0);
    }
}
