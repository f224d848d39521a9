using Microsoft.AspNetCore.Http;

namespace Sluice.Studio.Hosting;

/// <summary>Which files of the machine requests may name.</summary>
/// <param name="root">The folder below which they are; null: any.</param>
internal sealed class FileRoot(string? root)
{
    private readonly string? _root = root is null ? null : Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));

    /// <summary>The full path of a file or folder that a request names.</summary>
    /// <param name="path">What it names; a relative path begins at the root.</param>
    /// <param name="member">The member of the request that names it.</param>
    /// <exception cref="BadHttpRequestException">It is not below the root, or a link on the way leads out of it.</exception>
    public string Resolve(string path, string member)
    {
        if (path.Contains('\0', StringComparison.Ordinal)) throw new BadHttpRequestException($"'{member}' is no path.");
        if (_root is null) return path;
        var full = Path.GetFullPath(path, _root);
        return IsBelow(full) && WayTo(full).All(place => TargetOf(place) is not { } target || IsBelow(target))
            ? full
            : throw new BadHttpRequestException($"'{member}' is not below the folder that Studio reads files of. Whoever runs it allows others with StudioOptions.FilesRoot.");
    }

    private bool IsBelow(string full) => full == _root || full.StartsWith(Path.EndsInDirectorySeparator(_root!) ? _root! : _root + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <summary>The path and the folders between it and the root.</summary>
    private IEnumerable<string> WayTo(string full)
    {
        for (var place = full; place is not null && place.Length > _root!.Length; place = Path.GetDirectoryName(place)) yield return place;
    }

    private static string? TargetOf(string place)
    {
        try
        {
            return new FileInfo(place).ResolveLinkTarget(returnFinalTarget: true)?.FullName;
        }
        catch (IOException)
        {
            // It is not there, or leads round in circles: reading it says so.
            return null;
        }
    }
}
