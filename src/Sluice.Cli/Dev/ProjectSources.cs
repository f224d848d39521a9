using System.Text.Json;
using Sluice.Cli.Apps;

namespace Sluice.Cli.Dev;

/// <summary>The folders of a project and of all that it refers to.</summary>
internal static class ProjectSources
{
    /// <summary>The folders, as far as they are known before a build.</summary>
    public static IReadOnlyList<string> Of(string project) => Of(project, Path.Combine(Path.GetDirectoryName(project)!, "obj", "project.assets.json"));

    /// <summary>The folders after a build.</summary>
    public static IReadOnlyList<string> Of(string project, BuiltProject built) => Of(project, built.AssetsFile);

    private static IReadOnlyList<string> Of(string project, string assetsFile)
    {
        var own = Path.GetDirectoryName(project)!;
        return [.. References(own, assetsFile).Prepend(own).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>What restoring found, also the projects that others refer to.</summary>
    private static IEnumerable<string> References(string own, string assetsFile)
    {
        if (!File.Exists(assetsFile)) yield break;
        using var assets = JsonDocument.Parse(File.ReadAllBytes(assetsFile));
        foreach (var library in assets.RootElement.GetProperty("libraries").EnumerateObject())
        {
            if (library.Value.TryGetProperty("msbuildProject", out var project))
                yield return Path.GetDirectoryName(Path.GetFullPath(project.GetString()!.Replace('\\', Path.DirectorySeparatorChar), own))!;
        }
    }
}
