using Sluice.Cli.Chat.Typing;

namespace Sluice.Cli.Tests.Chat;

public sealed class LineHistoryTests : IDisposable
{
    private readonly CommandDesk _desk = new();

    private string FilePath => _desk.PathOf("a/b/history.jsonl");

    public void Dispose() => _desk.Dispose();

    [Fact]
    public void Lines_AreThereTheNextTime_ExceptThoseThatBeginWithASpace()
    {
        var history = LineHistory.Open(FilePath);
        foreach (var line in (string[])["one", " secret", "two\nlines", "two\nlines", ""]) history.Add(line);

        LineHistory.Open(FilePath).Lines.ShouldBe(["one", "two\nlines"]);
        File.ReadAllText(FilePath).ShouldNotContain("secret");
    }

    [Fact]
    public void Lines_BeyondTheMost_AreForgotten_TheOldestFirst()
    {
        var history = LineHistory.Open(FilePath);
        for (var number = 0; number < LineHistory.Most + 20; number++) history.Add($"line {number}");

        history.Lines.Count.ShouldBe(LineHistory.Most);
        LineHistory.Open(FilePath).Lines.ShouldBe(history.Lines);
        File.ReadAllLines(FilePath).Length.ShouldBe(LineHistory.Most);
    }

    [Fact]
    public void File_ThatIsDamaged_GivesTheLinesThatCanBeRead()
    {
        LineHistory.Open(FilePath).Add("one");
        File.AppendAllText(FilePath, "{broken\n\"two\"\n17\n");

        LineHistory.Open(FilePath).Lines.ShouldBe(["one", "two"]);
    }

    [Fact]
    public void Walk_ComesBackToWhatIsBeingTyped()
    {
        var history = LineHistory.Open(FilePath);
        history.Add("one");
        history.Add("two");
        var walk = history.Walk();

        walk.Back("typing").ShouldBe("two");
        walk.Back("two").ShouldBe("one");
        walk.Back("one").ShouldBeNull();
        walk.Forward("one").ShouldBe("two");
        walk.Forward("two").ShouldBe("typing");
        walk.Forward("typing").ShouldBeNull();
    }
}
