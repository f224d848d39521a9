using Sluice.Cli.Apps;

namespace Sluice.Cli.Dev;

/// <summary>
/// Where the server runs what was built: a copy in the project's folder for intermediate files. The next build can write over its output meanwhile,
/// which systems either forbid or let happen under a running program.
/// </summary>
internal static class AppCopy
{
    private const string Folder = "sluice-dev";

    /// <summary>Copies what is not there yet as it was built. What the app has written there stays. No server may run it.</summary>
    /// <returns>The path of the copied assembly.</returns>
    public static string Update(BuiltProject built)
    {
        var source = Path.GetDirectoryName(built.AssemblyPath)!;
        var target = Path.Combine(Path.GetDirectoryName(built.AssetsFile)!, Folder);
        var inside = target + Path.DirectorySeparatorChar;
        foreach (var file in Directory.GetFiles(source, "*", SearchOption.AllDirectories))
            if (!file.StartsWith(inside, StringComparison.Ordinal)) Copy(file, Path.Combine(target, Path.GetRelativePath(source, file)));
        return Path.Combine(target, Path.GetFileName(built.AssemblyPath));
    }

    private static void Copy(string from, string to)
    {
        var (wanted, there) = (new FileInfo(from), new FileInfo(to));
        if (there.Exists && there.Length == wanted.Length && there.LastWriteTimeUtc == wanted.LastWriteTimeUtc) return;
        Directory.CreateDirectory(there.DirectoryName!);
        File.Copy(from, to, overwrite: true);
    }
}
