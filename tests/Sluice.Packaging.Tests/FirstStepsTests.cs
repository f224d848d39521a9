using System.Xml.Linq;

namespace Sluice.Packaging.Tests;

/// <summary>What a new user does, in that order, and without a network or a key.</summary>
public sealed class FirstStepsTests(PackedSluice packed)
{
    private readonly UserMachine _machine = packed.Machine;

    [Fact]
    public async Task Tool_ThatIsInstalled_SaysWhatItIs()
    {
        (await _machine.SluiceAsync(_machine.Folder, "--version")).Succeeded().Split('+')[0].Trim().ShouldBe(packed.Version);
        (await _machine.SluiceAsync(_machine.Folder, "--help")).Succeeded().ShouldContain("sluice [command] [options]");
    }

    [Fact]
    public async Task StarterProject_OfTheTool_PassesItsTestAndRunsAndIsEvaluated()
    {
        (await _machine.SluiceAsync(_machine.Folder, "new", "demo")).Succeeded();
        var folder = Path.Combine(_machine.Folder, "demo");

        var tested = (await _machine.DotnetAsync(folder, "test")).Succeeded();
        var ran = (await _machine.DotnetWithInputAsync(folder, "y\nn\n", "run")).Succeeded();
        var asked = (await _machine.SluiceAsync(folder, "run", "--app", ".", "--prompt", "What is running low? Order it.", "--approve", "always")).Succeeded();
        var evaluated = (await _machine.SluiceAsync(folder, "eval", "run", "evals/clerk.yaml")).Succeeded();

        tested.ShouldContain("Passed!  - Failed:     0, Passed:     2");
        tested.ShouldNotContain("warning");
        ran.ReplaceLineEndings("\n").ShouldBe(ShownInTheGuide());
        asked.ShouldBe($"2 of 2 orders are placed.{Environment.NewLine}");
        evaluated.ShouldContain("Passed: 2 of 2 cases");
    }

    [Fact]
    public async Task StarterProject_OfTheTemplate_IsThatOfTheTool()
    {
        (await _machine.DotnetAsync(_machine.Folder, "new", "install", packed.Packages["Sluice.Templates"])).Succeeded();

        foreach (var name in (string[])["1st my-shop.Stock", "My Shop", "été"])
        {
            (await _machine.SluiceAsync(_machine.Folder, "new", name, "--out", $"tool/{name}")).Succeeded();
            (await _machine.DotnetAsync(_machine.Folder, "new", "sluice", "--name", name, "--output", $"template/{name}")).Succeeded();
            ReadAll($"template/{name}").ShouldBe(ReadAll($"tool/{name}"), name);
        }
    }

    [Fact]
    public async Task StarterProject_WithANameThatIsNoIdentifier_Builds()
    {
        (await _machine.SluiceAsync(_machine.Folder, "new", "1st big-shop.Stock")).Succeeded();

        (await _machine.DotnetAsync(Path.Combine(_machine.Folder, "1st big-shop.Stock"), "build", "--warnaserror")).Succeeded();
    }

    [Fact]
    public async Task StarterProject_UsesTheVersionsOfThisRepository()
    {
        (await _machine.SluiceAsync(_machine.Folder, "new", "versions")).Succeeded();
        var known = Attributes(Path.Combine(PackedSluice.Repository, "Directory.Packages.props"), "PackageVersion").ToDictionary();
        known["Sluice"] = packed.Version;

        foreach (var project in Directory.EnumerateFiles(Path.Combine(_machine.Folder, "versions"), "*.csproj", SearchOption.AllDirectories))
            foreach (var (package, version) in Attributes(project, "PackageReference")) known[package].ShouldBe(version, package);
    }

    /// <summary>What <c>docs/guides/first-project.md</c> says that the project shows: of two orders the first is approved.</summary>
    private static string ShownInTheGuide()
    {
        var lines = File.ReadLines(Path.Combine(PackedSluice.Repository, "docs/guides/first-project.md"));
        var shown = lines.SkipWhile(line => !line.StartsWith("    >", StringComparison.Ordinal)).TakeWhile(line => line.Length > 0);
        return string.Concat(shown.Select(line => $"{line[4..]}\n"));
    }

    private static IEnumerable<(string Package, string Version)> Attributes(string file, string element) =>
        XDocument.Load(file).Descendants(element).Select(item => (item.Attribute("Include")!.Value, item.Attribute("Version")!.Value));

    /// <summary>The files of a folder and what is in them.</summary>
    private SortedDictionary<string, string> ReadAll(string folder)
    {
        var root = Path.Combine(_machine.Folder, folder);
        return new(
            Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).ToDictionary(file => Path.GetRelativePath(root, file), File.ReadAllText),
            StringComparer.Ordinal);
    }
}
