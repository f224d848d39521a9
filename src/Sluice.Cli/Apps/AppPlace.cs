using Sluice.Cli.CommandLine;

namespace Sluice.Cli.Apps;

/// <summary>Where an app is, as it was written: a project or an assembly, and in it a member.</summary>
/// <param name="Written">The part that names the project or assembly, as it was written.</param>
/// <param name="Path">The whole path of the project file or assembly.</param>
/// <param name="Member">The member as <c>Type.Member</c>; null: the one that is marked.</param>
internal sealed record AppPlace(string Written, string Path, string? Member)
{
    private const string Forms = "--app takes a project, a folder with one, an assembly, or any of them and ':Type.Member'.";

    private static readonly string[] ProjectExtensions = [".csproj", ".fsproj", ".vbproj"];

    public bool IsProject => HasProjectExtension(Path);

    /// <summary>Finds what was named.</summary>
    /// <exception cref="WrongUseException">There is no such file, or no project or several in the folder.</exception>
    public static AppPlace Parse(string app)
    {
        if (Find(app) is { } whole) return new(app, whole, null);
        // Paths may have colons of their own: what is a file as it stands is one, and a member has none.
        var colon = app.LastIndexOf(':');
        if (colon > 0 && Find(app[..colon]) is { } path)
            return new(app[..colon], path, app[(colon + 1)..] is { Length: > 0 } member ? member : null);
        throw new WrongUseException($"There is no project, folder or assembly '{(colon > 1 ? app[..colon] : app)}'.", Forms);
    }

    private static string? Find(string path) =>
        Directory.Exists(path) ? ProjectIn(path) : File.Exists(path) ? System.IO.Path.GetFullPath(path) : null;

    private static string ProjectIn(string folder)
    {
        string[] projects = [.. Directory.EnumerateFiles(folder).Where(HasProjectExtension).Order(StringComparer.Ordinal)];
        return projects switch
        {
            [var only] => System.IO.Path.GetFullPath(only),
            [] => throw new WrongUseException($"There is no project in the folder '{folder}'.", Forms),
            _ => throw new WrongUseException(
                $"The folder '{folder}' has several projects: {string.Join(", ", projects.Select(System.IO.Path.GetFileName))}.", "Name one of them."),
        };
    }

    private static bool HasProjectExtension(string path) => ProjectExtensions.Contains(System.IO.Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);
}
