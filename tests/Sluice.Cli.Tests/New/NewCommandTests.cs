using System.Text.Json;
using Sluice.Cli.CommandLine;
using Sluice.Cli.Output;

namespace Sluice.Cli.Tests.New;

public sealed class NewCommandTests : IDisposable
{
    private readonly CommandDesk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task New_WritesAProjectUnderItsNames()
    {
        var result = await NewAsync("1st my-shop.Stock", "made");

        result.ExitCode.ShouldBe(0, result.Error);
        result.Error.ShouldBe($"hint: cd {_desk.PathOf("made")} && dotnet test && dotnet run\n");
        File.ReadAllText(_desk.PathOf("made/Program.cs")).ShouldContain("namespace _1st_my_shop.Stock;");
        File.ReadAllText(_desk.PathOf("made/1st my-shop.Stock.slnx")).ShouldContain("tests/1st my-shop.Stock.Tests/1st my-shop.Stock.Tests.csproj");
        File.ReadAllText(_desk.PathOf("made/README.md")).ShouldStartWith("# 1st my-shop.Stock\n");
    }

    [Fact]
    public async Task New_LeavesNoPlaceholder()
    {
        await NewAsync("demo", "made");

        foreach (var file in Directory.EnumerateFiles(_desk.PathOf("made"), "*", SearchOption.AllDirectories))
            (file + File.ReadAllText(file)).ShouldNotMatch("Starter[-_]App|SLUICE_VERSION");
    }

    [Fact]
    public async Task Readme_OfAProject_NamesCommandLinesThatThereAre()
    {
        await NewAsync("demo", "made");
        string[] lines = [.. File.ReadLines(_desk.PathOf("made/README.md")).Where(line => line.StartsWith("    sluice ", StringComparison.Ordinal))];
        using var terminal = new Terminal(TextReader.Null, TextWriter.Null, TextWriter.Null);
        var root = new SluiceCommandLine(terminal).Root;

        lines.Length.ShouldBeGreaterThan(2);
        foreach (var line in lines) root.Parse(line["    sluice ".Length..]).Errors.ShouldBeEmpty(line);
    }

    [Fact]
    public async Task New_AsJson_NamesTheFiles()
    {
        var result = await NewAsync("demo", "made", "--output", "json");

        var files = JsonElement.Parse(result.Out).GetProperty("files").EnumerateArray().Select(file => file.GetString()!).ToList();
        files.ShouldContain("tests/demo.Tests/demo.Tests.csproj");
        files.ShouldContain(".gitignore");
        files.ShouldAllBe(file => File.Exists(_desk.PathOf($"made/{file}")));
    }

    [Fact]
    public async Task New_IntoAFolderThatIsNotEmpty_IsRefusedAndForced()
    {
        Directory.CreateDirectory(_desk.PathOf("made"));
        _desk.Write("made/README.md", "Mine.");
        _desk.Write("made/notes.txt", "Mine.");

        var refused = await NewAsync("demo", "made");

        (refused.ExitCode, Directory.GetFiles(_desk.PathOf("made")).Length).ShouldBe((2, 2));
        refused.Error.ShouldContain("is not empty.\nhint: choose another with --out, or add --force");
        File.ReadAllText(_desk.PathOf("made/README.md")).ShouldBe("Mine.");

        (await NewAsync("demo", "made", "--force")).ExitCode.ShouldBe(0);
        File.ReadAllText(_desk.PathOf("made/README.md")).ShouldStartWith("# demo");
        File.ReadAllText(_desk.PathOf("made/notes.txt")).ShouldBe("Mine.");
    }

    [Fact]
    public async Task New_IntoARepositoryWithNothingInIt_IsFine()
    {
        Directory.CreateDirectory(_desk.PathOf("made/.git"));

        (await NewAsync("demo", "made")).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task New_WhereAFileIs_Fails()
    {
        _desk.Write("made", "A file.");

        var result = await NewAsync("demo", "made");

        result.ExitCode.ShouldBe(1);
        result.Error.ShouldContain("made");
    }

    [Theory]
    [InlineData("a/b", "is no name")]
    [InlineData("..", "is no name")]
    [InlineData("a..b", "is no name")]
    [InlineData(" a", "is no name")]
    [InlineData("a\nb", "is no name")]
    [InlineData("a;b", "is no name")]
    [InlineData("$(a)", "is no name")]
    [InlineData("Acme.class", "'class' is a keyword of C#")]
    [InlineData("sluice", "Sluice's own packages")]
    [InlineData("Sluice.Shop", "Sluice's own packages")]
    [InlineData("Console", "would hide the type 'Console'")]
    [InlineData("Acme.Script", "would hide the type 'Script'")]
    [InlineData("Assert", "would hide the type 'Assert'")]
    public async Task New_WithANameThatCannotBe_SaysWhyAndWritesNothing(string name, string problem)
    {
        var result = await NewAsync(name, "made");

        result.ExitCode.ShouldBe(2);
        result.Error.ShouldContain(problem);
        result.Error.ShouldContain("hint: ");
        Directory.Exists(_desk.PathOf("made")).ShouldBeFalse();
    }

    private Task<CommandResult> NewAsync(string name, string folder, params IReadOnlyList<string> more) =>
        _desk.RunAsync(["new", name, "--out", _desk.PathOf(folder), .. more]);
}
