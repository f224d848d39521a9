using System.Collections.Frozen;
using System.IO.Enumeration;
using System.Security.Cryptography;

namespace Sluice.Cli.Dev;

/// <summary>The files that an app is made of, and which of them have changed. They are looked at, again and again: that works on every file system.</summary>
internal sealed class SourceFiles
{
    private static readonly FrozenSet<string> Extensions = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        ".cs", ".fs", ".vb", ".csproj", ".fsproj", ".vbproj", ".props", ".targets", ".resx", ".razor", ".cshtml", ".sql",
        ".json", ".yaml", ".yml", ".md", ".txt", ".prompt");

    private static readonly FrozenSet<string> Outputs = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "bin", "obj", "node_modules", "TestResults");

    private Dictionary<string, Seen> _seen = new(StringComparer.Ordinal);
    private IReadOnlyList<string> _folders;
    private IReadOnlyList<string> _files = [];

    /// <summary>Begins with the files of some folders as they are now.</summary>
    public SourceFiles(IReadOnlyList<string> folders)
    {
        _folders = folders;
        Changed();
    }

    /// <summary>Looks at other places from now on. Files that were not looked at before count as they are now.</summary>
    public void Follow(IReadOnlyList<string> folders, IReadOnlyList<string> files)
    {
        if (folders.SequenceEqual(_folders) && files.SequenceEqual(_files)) return;
        var known = _seen;
        (_folders, _files) = (folders, files);
        Changed();
        foreach (var (path, seen) in known)
            if (_seen.ContainsKey(path)) _seen[path] = seen;
    }

    /// <summary>What was written otherwise, added or removed since the last look, by path.</summary>
    public IReadOnlyList<string> Changed()
    {
        var now = new Dictionary<string, Seen>(_seen.Count, StringComparer.Ordinal);
        var changed = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var file in _folders.SelectMany(Files).Concat(_files.Where(File.Exists).Select(path => new FileInfo(path))))
        {
            var before = _seen.GetValueOrDefault(file.FullName);
            if (Look(file, before) is not { } seen) continue;
            now[file.FullName] = seen;
            if (before is null || before.Content != seen.Content) changed.Add(file.FullName);
        }

        changed.UnionWith(_seen.Keys.Where(path => !now.ContainsKey(path)));
        _seen = now;
        return [.. changed];
    }

    private static Seen? Look(FileInfo file, Seen? before)
    {
        try
        {
            if (before is not null && before.Written == file.LastWriteTimeUtc && before.Length == file.Length) return before;
            return new(file.LastWriteTimeUtc, file.Length, Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file.FullName))));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It is being written, or just gone: the next look tells.
            return before;
        }
    }

    private static IEnumerable<FileInfo> Files(string folder)
    {
        if (!Directory.Exists(folder)) return [];
        var options = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint };
        return new FileSystemEnumerable<FileInfo>(folder, static (ref entry) => (FileInfo)entry.ToFileSystemInfo(), options)
        {
            ShouldIncludePredicate = static (ref entry) => !entry.IsDirectory && !IsHidden(entry.FileName) && Extensions.Contains(Path.GetExtension(entry.FileName).ToString()),
            ShouldRecursePredicate = static (ref entry) => !IsHidden(entry.FileName) && !Outputs.Contains(entry.FileName.ToString()),
        };
    }

    /// <summary>Tools keep what is theirs under such names: editors, Git, Sluice itself.</summary>
    private static bool IsHidden(ReadOnlySpan<char> name) => name.StartsWith(".");

    private sealed record Seen(DateTime Written, long Length, string Content);
}
