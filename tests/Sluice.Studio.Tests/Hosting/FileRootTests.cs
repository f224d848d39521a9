using Microsoft.AspNetCore.Http;
using Sluice.Studio.Hosting;

namespace Sluice.Studio.Tests.Hosting;

public sealed class FileRootTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _root;

    public FileRootTests()
    {
        _root = Directory.CreateDirectory(_folder.File("root")).FullName;
        Directory.CreateDirectory(Path.Combine(_root, "docs"));
        Directory.CreateDirectory(_folder.File("root-beside"));
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("docs", "docs")]
    [InlineData("./docs/../docs/", "docs/")]
    [InlineData("docs/not-there.json", "docs/not-there.json")]
    [InlineData(".", "")]
    public void Path_BelowTheRoot_IsResolved(string path, string expected) =>
        new FileRoot(_root).Resolve(path, "directory").ShouldBe(expected.Length == 0 ? _root : Path.Combine(_root, expected));

    [Theory]
    [InlineData("..")]
    [InlineData("docs/../../root-beside")]
    [InlineData("../root-beside")]
    [InlineData("/etc/passwd")]
    [InlineData("docs/a\0b")]
    public void Path_OutsideTheRoot_IsRefused(string path) =>
        Should.Throw<BadHttpRequestException>(() => new FileRoot(_root).Resolve(path, "directory")).Message.ShouldContain("'directory'");

    [Fact]
    public void Link_OutOfTheRoot_IsRefusedAlsoOnTheWay()
    {
        Directory.CreateSymbolicLink(Path.Combine(_root, "out"), _folder.File("root-beside"));
        Directory.CreateSymbolicLink(Path.Combine(_root, "in"), Path.Combine(_root, "docs"));
        var files = new FileRoot(_root);

        Should.Throw<BadHttpRequestException>(() => files.Resolve("out", "directory"));
        Should.Throw<BadHttpRequestException>(() => files.Resolve("out/deeper/file.json", "datasetPath"));
        files.Resolve("in/file.json", "datasetPath").ShouldBe(Path.Combine(_root, "in/file.json"));
    }

    [Fact]
    public void Path_WithoutARoot_MayBeAnywhere() => new FileRoot(null).Resolve("/somewhere", "directory").ShouldBe("/somewhere");
}
