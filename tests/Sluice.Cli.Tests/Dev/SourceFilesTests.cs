using Sluice.Cli.Dev;

namespace Sluice.Cli.Tests.Dev;

public sealed class SourceFilesTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("sluice-sources-");
    private readonly string _folder;

    public SourceFilesTests() => _folder = _root.CreateSubdirectory("app").FullName;

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public void Files_ThatAreWrittenAddedAndRemoved_HaveChangedOnce()
    {
        var (kept, removed) = (Write("Kept.cs", "a"), Write("Prompts/removed.md", "a"));
        var sources = new SourceFiles([_folder]);
        sources.Changed().ShouldBeEmpty();

        Write("Kept.cs", "b");
        File.Delete(removed);
        var added = Write("Prompts/Deep/added.yaml", "a");

        sources.Changed().ShouldBe([kept, added, removed], ignoreOrder: true);
        sources.Changed().ShouldBeEmpty();
    }

    [Fact]
    public void File_ThatIsWrittenAsItWas_HasNotChanged()
    {
        var path = Write("Kept.cs", "a");
        var sources = new SourceFiles([_folder]);

        File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch);

        sources.Changed().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("bin/Debug/app.json")]
    [InlineData("obj/app.AssemblyInfo.cs")]
    [InlineData("node_modules/x/package.json")]
    [InlineData(".sluice/evals/eval.json")]
    [InlineData(".git/note.txt")]
    [InlineData(".#Kept.cs")]
    [InlineData("shop.db")]
    [InlineData("Kept.cs~")]
    public void Files_ThatNoBuildIsMadeOf_AreNotLookedAt(string path)
    {
        var sources = new SourceFiles([_folder]);

        Write(path, "a");

        sources.Changed().ShouldBeEmpty();
    }

    [Fact]
    public void Follow_OfFurtherPlaces_LosesNoChangeOfTheFirst()
    {
        var (kept, other, settings) = (Write("Kept.cs", "a"), Write("../library/Other.cs", "a"), Write("../Directory.Build.props", "a"));
        var sources = new SourceFiles([_folder]);
        Write("Kept.cs", "b");

        sources.Follow([_folder, Path.GetDirectoryName(other)!], [settings]);

        sources.Changed().ShouldBe([kept]);
        Write("../library/Other.cs", "b");
        Write("../Directory.Build.props", "b");
        sources.Changed().ShouldBe([other, settings], ignoreOrder: true);
    }

    [Fact]
    public void Project_IsWatchedWithAllThatRestoringFound()
    {
        Write("obj/project.assets.json", """
            {"libraries":{
              "Library/1.0.0":{"type":"project","path":"../library/Library.csproj","msbuildProject":"../library/Library.csproj"},
              "Npgsql/10.0.0":{"type":"package","path":"npgsql/10.0.0"}}}
            """);

        ProjectSources.Of(Path.Combine(_folder, "app.csproj")).ShouldBe([_folder, Path.Combine(_root.FullName, "library")]);
    }

    private string Write(string name, string text)
    {
        var path = Path.GetFullPath(Path.Combine(_folder, name));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }
}
