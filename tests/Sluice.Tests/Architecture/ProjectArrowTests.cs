using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Sluice.Tests.Architecture;

/// <summary>The floors of the house: arrows only point down, rooms never see each other, a folder is a namespace.</summary>
public sealed partial class ProjectArrowTests
{
    private const string Ground = "Sluice.Abstractions";

    // It has a command for everything, Studio included.
    private const string Tool = "Sluice.Cli";

    // What hosts add: the package of everybody, and the one of those that serve MCP over HTTP.
    private static readonly string[] FrontDoors = ["Sluice", "Sluice.Mcp.AspNetCore"];

    private static readonly string[] Rooms =
    [
        "Sluice.Runtime", "Sluice.Data", "Sluice.Evals", "Sluice.Mcp", "Sluice.Cluster", "Sluice.Sqlite", "Sluice.Postgres", "Sluice.Redis",
        "Sluice.Anthropic", "Sluice.OpenAI", "Sluice.Testing",
    ];

    private static readonly string[] Roof = ["Sluice.Studio"];

    private static readonly string Repository = FindRepository();

    public static TheoryData<string> Projects =>
        [.. Directory.EnumerateFiles(Path.Combine(Repository, "src"), "*.csproj", SearchOption.AllDirectories).Select(file => Path.GetFileNameWithoutExtension(file))];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_OfSrc_HasItsPlaceAndRefersOnlyToFloorsBelow(string project)
    {
        var floor = FloorOf(project);
        foreach (var reference in References(project, "ProjectReference").Select(Path.GetFileNameWithoutExtension))
            FloorOf(reference!).ShouldBeLessThan(floor, $"{project} refers to {reference}");
    }

    [Fact]
    public void Ground_Packages_AreMicrosoftExtensionsAiAbstractionsOnly() =>
        References(Ground, "PackageReference").ShouldBe(["Microsoft.Extensions.AI.Abstractions"]);

    [Fact]
    public void Runtime_Packages_AreAbstractionsOnly() =>
        References("Sluice.Runtime", "PackageReference").ShouldAllBe(package => package.EndsWith(".Abstractions", StringComparison.Ordinal));

    [Fact]
    public void TestProjects_OfSrc_AreNobodysReference()
    {
        foreach (var project in Projects.Select(row => row.Data))
        {
            foreach (var reference in References(project, "ProjectReference").Concat(References(project, "PackageReference")))
            {
                if (project != "Sluice.Testing") reference.Contains("xunit", StringComparison.OrdinalIgnoreCase).ShouldBeFalse($"{project}: {reference}");
                reference.Contains("/tests/", StringComparison.Ordinal).ShouldBeFalse($"{project}: {reference}");
            }
        }
    }

    [Theory]
    [InlineData("Sluice.Abstractions", "Sluice", 50)]
    [InlineData("Sluice.Runtime", "Sluice.Runtime", 50)]
    [InlineData("Sluice.Sqlite", "Sluice.Sqlite", 25)]
    [InlineData("Sluice.Redis", "Sluice.Redis", 6)]
    [InlineData("Sluice.Anthropic", "Sluice.Anthropic", 25)]
    [InlineData("Sluice.Mcp", "Sluice.Mcp", 5)]
    [InlineData("Sluice.Mcp.AspNetCore", "Sluice.Mcp.AspNetCore", 5)]
    [InlineData("Sluice.OpenAI", "Sluice.OpenAI", 10)]
    [InlineData("Sluice.Data", "Sluice.Data", 40)]
    [InlineData("Sluice.Evals", "Sluice.Evals", 60)]
    [InlineData("Sluice.Cli", "Sluice.Cli", 20)]
    public void Namespace_OfAFile_IsTheAuthoringOneOrItsFolder(string project, string root, int fewest)
    {
        var folder = Path.Combine(Repository, "src", project);
        var checkedFiles = 0;
        foreach (var file in SourceFiles(folder))
        {
            var declared = NamespaceLine().Match(File.ReadAllText(file));
            if (!declared.Success) continue;
            checkedFiles++;
            var place = Path.GetRelativePath(folder, Path.GetDirectoryName(file)!);
            var expected = place == "." ? root : $"{root}.{place.Replace(Path.DirectorySeparatorChar, '.')}";
            declared.Groups["name"].Value.ShouldBeOneOf("Sluice", expected);
        }

        checkedFiles.ShouldBeGreaterThan(fewest);
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void File_OfSrc_DeclaresOneNamespaceFileScoped(string project)
    {
        foreach (var file in SourceFiles(Path.Combine(Repository, "src", project)))
            BlockNamespace().IsMatch(File.ReadAllText(file)).ShouldBeFalse(Path.GetRelativePath(Repository, file));
    }

    private static int FloorOf(string project)
    {
        if (project == Ground) return 0;
        if (Rooms.Contains(project)) return 1;
        if (FrontDoors.Contains(project)) return 2;
        if (Roof.Contains(project)) return 3;
        project.ShouldBe(Tool, "it has no floor: give it one here and in the overview");
        return 4;
    }

    private static List<string> References(string project, string kind) =>
        [.. XDocument.Load(Path.Combine(Repository, "src", project, $"{project}.csproj")).Descendants(kind).Select(item => item.Attribute("Include")!.Value.Replace('\\', '/'))];

    private static IEnumerable<string> SourceFiles(string folder) => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
        .Where(file => !Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar).Intersect(["bin", "obj"]).Any());

    private static string FindRepository([CallerFilePath] string path = "")
    {
        var folder = Path.GetDirectoryName(path)!;
        while (!File.Exists(Path.Combine(folder, "Sluice.slnx"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(@"^namespace [\w.]+\s*\{", RegexOptions.Multiline, 1000)]
    private static partial Regex BlockNamespace();
}
