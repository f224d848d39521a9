using System.IO.Compression;
using System.Runtime.CompilerServices;
using Sluice.Packaging.Tests;

[assembly: AssemblyFixture(typeof(PackedSluice))]
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Sluice.Packaging.Tests;

/// <summary>The packages of this repository as they are published, and a machine on which the tool is installed from them.</summary>
public sealed class PackedSluice : IAsyncLifetime
{
    /// <summary>How these tests were built, and so what there is to pack.</summary>
#if DEBUG
    public const string Configuration = "Debug";
#else
    public const string Configuration = "Release";
#endif

    internal UserMachine Machine { get; } = new();

    /// <summary>The repository.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>The packages by their ids.</summary>
    public IReadOnlyDictionary<string, string> Packages { get; private set; } = new Dictionary<string, string>();

    /// <summary>The version that they have in common.</summary>
    public string Version { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        (await Machine.DotnetAsync(Repository, "pack", "Sluice.slnx", "-c", Configuration, "--no-build", "--output", Machine.Packages)).Succeeded();
        var tool = Path.GetFileNameWithoutExtension(Directory.EnumerateFiles(Machine.Packages, "Sluice.Cli.*.nupkg").Single());
        Version = tool["Sluice.Cli.".Length..];
        Packages = Directory.EnumerateFiles(Machine.Packages, "*.nupkg")
            .ToDictionary(file => Path.GetFileNameWithoutExtension(file).Replace($".{Version}", "", StringComparison.Ordinal));
        string[] install = ["tool", "install", "Sluice.Cli", "--tool-path", Machine.Tools, "--add-source", Machine.Packages];
        (await Machine.DotnetAsync(Machine.Folder, install)).Succeeded();
    }

    public ValueTask DisposeAsync()
    {
        Machine.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Opens a package.</summary>
    public ZipArchive Open(string id) => ZipFile.OpenRead(Packages[id]);

    private static string FindRepository([CallerFilePath] string path = "")
    {
        var folder = Path.GetDirectoryName(path)!;
        while (!File.Exists(Path.Combine(folder, "Sluice.slnx"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
