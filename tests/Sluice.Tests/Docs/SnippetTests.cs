namespace Sluice.Tests.Docs;

public sealed class SnippetTests
{
    private static readonly string Root = FindRoot();

    private static readonly IReadOnlyDictionary<string, string> Regions = SnippetRegions.Read(Path.Combine(Root, "tests", "Sluice.Tests", "Snippets"));

    public static TheoryData<string> Pages =>
    [
        .. Directory.EnumerateFiles(Root, "*.md")
            .Concat(Directory.EnumerateFiles(Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(Path.Combine(Root, "src"), "README.md", SearchOption.AllDirectories))
            .Select(path => Path.GetRelativePath(Root, path)).Order(StringComparer.Ordinal),
    ];

    /// <summary>Set <c>SLUICE_UPDATE_GOLDEN=1</c> to write the compiled code into the pages.</summary>
    [Theory]
    [MemberData(nameof(Pages))]
    public void CodeOfAPage_IsCompiledCode(string page)
    {
        var path = Path.Combine(Root, page);
        if (Environment.GetEnvironmentVariable("SLUICE_UPDATE_GOLDEN") == "1")
            File.WriteAllText(path, MarkdownSnippets.Fill(File.ReadAllText(path), Regions));

        foreach (var (name, code) in MarkdownSnippets.Read(File.ReadAllText(path)))
        {
            name.ShouldNotBeNull($"A C# block of {page} has no <!-- snippet: name --> above it:\n{code}");
            Regions.Keys.ShouldContain(name, $"{page} shows a snippet that is not in tests/Sluice.Tests/Snippets.");
            code.ShouldBe(Regions[name], $"{page} shows another text than the snippet '{name}'. Run the test with SLUICE_UPDATE_GOLDEN=1.");
        }
    }

    [Fact]
    public void EverySnippet_IsShownSomewhere()
    {
        var shown = Pages.SelectMany(page => MarkdownSnippets.Read(File.ReadAllText(Path.Combine(Root, page.Data)))).Select(block => block.Name);

        Regions.Keys.Except(shown).ShouldBeEmpty();
    }

    [Fact]
    public void BlockWithoutAName_IsFound() =>
        MarkdownSnippets.Read("<!-- snippet: a -->\n```csharp\nx;\n```\n\n```cs\ny;\n```\n").ShouldBe([("a", "x;"), (null, "y;")]);

    [Fact]
    public void Fill_ReplacesTheCode_AndNothingElse() =>
        MarkdownSnippets.Fill("# T\n\n<!-- snippet: a -->\n```csharp\nold\n```\n\n<!-- snippet: b -->\n```csharp\nkept\n```\n", new Dictionary<string, string> { ["a"] = "new();" })
            .ShouldBe("# T\n\n<!-- snippet: a -->\n```csharp\nnew();\n```\n\n<!-- snippet: b -->\n```csharp\nkept\n```\n");

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Sluice.slnx")))
            directory = directory.Parent ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        return directory.FullName;
    }
}
