using Sluice.Data;

namespace Sluice.Abstractions.Tests.Data;

public sealed class DataArgumentsTests
{
    private static readonly CatalogEntry Entry = new() { Id = "a", ItemType = CatalogItemType.Table, Name = "a", QualifiedName = "a" };

    // Not as attributes: those are kept as UTF-8, which has no halves.
    private static readonly string?[] NoTexts = ["a\0", "\uD83D", "\uDE00\uD83D", "😀\uDE00", "\uD83Da", null];

    [Fact]
    public void IsText_OfNulAndHalvesOfPairs_IsFalse()
    {
        foreach (var text in (string[])["", "a", "😀", "a😀b😀", "\uFFFD"]) DataArguments.IsText(text).ShouldBeTrue(text);
        foreach (var text in NoTexts) DataArguments.IsText(text).ShouldBeFalse(text);
    }

    [Fact]
    public void CheckKey_OfTheLongestKey_PassesAndOfOneMoreSaysHowLongItIs()
    {
        DataArguments.CheckKey(new('k', 512));

        Should.Throw<ArgumentException>(() => DataArguments.CheckKey(new('k', 513))).Message.ShouldContain("has 513 characters; at most 512 are allowed");
    }

    [Fact]
    public void CheckScope_OfADefaultOne_IsRefused() =>
        Should.Throw<ArgumentException>(() => DataArguments.CheckScope(default)).Message.ShouldContain("The tenant is blank");

    [Fact]
    public void CheckEntries_WithSeveralProblems_ListsThem()
    {
        var exception = Should.Throw<ArgumentException>(() => DataArguments.CheckEntries(
            [Entry, Entry with { Name = " ", QualifiedName = "" }, Entry with { Id = "b", ItemType = (CatalogItemType)99, Metadata = null! }, null!]));

        exception.Message.ShouldStartWith(
            "Entry 1 ('a'): the id is there twice. Entry 1 ('a'): the name is blank. Entry 1 ('a'): the qualified name is blank. "
            + "Entry 2 ('b'): the metadata is null. Entry 2 ('b'): '99' is no item type. Entry 3 is null.");
    }

    [Fact]
    public void CheckEntries_WithVeryManyProblems_ListsTheFirst()
    {
        var exception = Should.Throw<ArgumentException>(() => DataArguments.CheckEntries([.. Enumerable.Repeat(Entry, 1000)]));

        exception.Message.ShouldContain("Entry 20 ('a')");
        exception.Message.ShouldNotContain("Entry 21 ");
    }
}
