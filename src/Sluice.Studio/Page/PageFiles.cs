using System.Reflection;
using System.Security.Cryptography;
using Microsoft.AspNetCore.StaticFiles;

namespace Sluice.Studio.Page;

/// <summary>The built page as it is embedded in the assembly; compressed forms of a file are beside it.</summary>
internal sealed class PageFiles
{
    /// <summary>The file that every page begins with.</summary>
    public const string Index = "index.html";

    private const string Prefix = "page/";
    private const string BrotliExtension = ".br";
    private const string GzipExtension = ".gz";

    private static readonly FileExtensionContentTypeProvider ContentTypes = new();
    private static readonly Lazy<PageFiles> Shared = new(() => new(typeof(PageFiles).Assembly));

    private readonly Dictionary<string, PageFile> _files = new(StringComparer.Ordinal);

    private PageFiles(Assembly assembly)
    {
        var names = assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);
        foreach (var name in names.Where(name => !name.EndsWith(BrotliExtension, StringComparison.Ordinal) && !name.EndsWith(GzipExtension, StringComparison.Ordinal)))
        {
            var content = Read(assembly, name);
            _files.Add(name[Prefix.Length..], new(
                ContentTypes.TryGetContentType(name, out var type) ? type : "application/octet-stream",
                $"\"{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 12))}\"",
                content,
                names.Contains(name + BrotliExtension) ? Read(assembly, name + BrotliExtension) : null,
                names.Contains(name + GzipExtension) ? Read(assembly, name + GzipExtension) : null));
        }
    }

    /// <summary>The files of this build, read once.</summary>
    public static PageFiles OfThisBuild => Shared.Value;

    /// <summary>A file by its path in the page's folder; null: there is none, or the page was not built.</summary>
    public PageFile? Find(string path) => _files.GetValueOrDefault(path);

    private static byte[] Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
