using Sluice.Data;

namespace Sluice.Sqlite.TargetDatabase;

/// <summary>The file that an address means.</summary>
internal static class DatabaseAddress
{
    private const string Scheme = "sqlite:";

    /// <summary>The full path of the file.</summary>
    /// <exception cref="SluiceException">It is no address of a file that exists.</exception>
    public static string PathOf(DataSource source)
    {
        if (source.Schema is { } schema && !schema.Equals(Readable.Schema, StringComparison.OrdinalIgnoreCase))
            throw Unavailable($"SQLite has one schema, 'main', not '{schema}'. Leave the schema out.");
        var path = FileOf(source.Url);
        if (Directory.Exists(path)) throw Unavailable($"'{path}' is a folder. Give the path of a database file.");
        if (!File.Exists(path)) throw Unavailable($"The database '{path}' does not exist. Check the path; a target database is never made.");
        return path;
    }

    /// <summary>The full path that an address means, whether or not there is a file.</summary>
    /// <exception cref="SluiceException">It is no address of a file.</exception>
    public static string FileOf(string url) => Path.GetFullPath(Strip(url));

    private static string Strip(string url)
    {
        var path = url.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? url[Scheme.Length..] : url;
        if (path.StartsWith("///", StringComparison.Ordinal)) path = path[2..];
        if (string.IsNullOrWhiteSpace(path) || path.Contains('\0')) throw Unavailable("The address names no file. Write it as sqlite:path.");
        if (path.StartsWith("//", StringComparison.Ordinal) || path.Contains("://", StringComparison.Ordinal))
            throw Unavailable("The address names a host or another kind of database. Write it as sqlite:path or sqlite:///absolute/path.");
        if (path.StartsWith("file:", StringComparison.OrdinalIgnoreCase) || path.Contains('?'))
            throw Unavailable("The address has parameters, or is an address of SQLite's own. Write it as sqlite:path, with nothing behind the path.");
        return path;
    }

    private static SluiceException Unavailable(string message) => new(ErrorCodes.StoreUnavailable, message);
}
