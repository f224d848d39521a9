using System.IO.Compression;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace Sluice.Packaging.Tests;

/// <summary>What is in the packages.</summary>
public sealed class PackageTests(PackedSluice packed)
{
    private static readonly string[] NativeLibraries =
    [
        "linux-x64/native/libe_sqlite3.so", "linux-arm64/native/libe_sqlite3.so", "linux-musl-x64/native/libe_sqlite3.so",
        "osx-arm64/native/libe_sqlite3.dylib", "win-x64/native/e_sqlite3.dll",
    ];

    [Fact]
    public void Packages_AreTheProjectsOfSourceAndTheTemplates_WithOneVersion()
    {
        var projects = Directory.EnumerateDirectories(Path.Combine(PackedSluice.Repository, "src"), "Sluice*").Select(folder => Path.GetFileName(folder)!);

        packed.Packages.Keys.Order(StringComparer.Ordinal).ShouldBe(projects.Append("Sluice.Templates").Order(StringComparer.Ordinal));
        foreach (var id in packed.Packages.Keys) Metadata(id)("version").ShouldBe(packed.Version, id);
    }

    [Fact]
    public void Packages_SayWhatTheyAre()
    {
        foreach (var id in packed.Packages.Keys)
        {
            var metadata = Metadata(id);
            metadata("license").ShouldBe("Apache-2.0", id);
            metadata("description").ShouldNotBe("Package Description", id);
            metadata("readme").ShouldBe("README.md", id);
            using var package = packed.Open(id);
            package.GetEntry("README.md").ShouldNotBeNull(id);
        }
    }

    [Fact]
    public void Libraries_HaveDocumentationAndSymbols()
    {
        foreach (var id in packed.Packages.Keys.Except(["Sluice.Cli", "Sluice.Templates"]))
        {
            using var package = packed.Open(id);
            package.GetEntry($"lib/net10.0/{id}.xml").ShouldNotBeNull(id);
            using var symbols = ZipFile.OpenRead(Path.ChangeExtension(packed.Packages[id], ".snupkg"));
            symbols.GetEntry($"lib/net10.0/{id}.pdb").ShouldNotBeNull(id);
        }
    }

    [Fact]
    public async Task Assemblies_DoNotNameTheFolderThatTheyWereBuiltIn()
    {
        Assert.SkipUnless(PackedSluice.Configuration == "Release", "Debuggers find the source by it.");
        using var tool = packed.Open("Sluice.Cli");
        foreach (var entry in tool.Entries.Where(IsOurAssembly))
        {
            await using var stream = await entry.OpenAsync(TestContext.Current.CancellationToken);
            using var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes, TestContext.Current.CancellationToken);
            bytes.Position = 0;
            using var assembly = new PEReader(bytes);
            var codeView = assembly.ReadDebugDirectory().Single(debug => debug.Type == DebugDirectoryEntryType.CodeView);
            assembly.ReadCodeViewDebugDirectoryData(codeView).Path.ShouldStartWith("/_/src/", Case.Sensitive, entry.Name);
        }
    }

    [Fact]
    public void Tool_HasTheNativeLibrariesOfEverySystem()
    {
        using var tool = packed.Open("Sluice.Cli");
        foreach (var library in NativeLibraries) tool.GetEntry($"tools/net10.0/any/runtimes/{library}").ShouldNotBeNull(library);
    }

    private static bool IsOurAssembly(ZipArchiveEntry entry) =>
        entry.Name.StartsWith("Sluice", StringComparison.Ordinal) && entry.Name.EndsWith(".dll", StringComparison.Ordinal);

    private Func<string, string?> Metadata(string id)
    {
        using var package = packed.Open(id);
        using var stream = package.GetEntry($"{id}.nuspec")!.Open();
        var elements = XDocument.Load(stream).Root!.Elements().Single().Elements().ToLookup(element => element.Name.LocalName, element => element.Value);
        return name => elements[name].SingleOrDefault();
    }
}
