using System.Reflection;

namespace Sluice.Cli.New;

/// <summary>The files of the folder <c>templates/sluice</c>, which are in this assembly, under a name.</summary>
internal sealed class StarterProject(ProjectName name)
{
    private const string Prefix = "new/";

    private static readonly Assembly Holder = typeof(StarterProject).Assembly;

    /// <summary>The Sluice that the tool was built with, which is the one that the project uses.</summary>
    private static readonly string Version =
        typeof(Define).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    public ProjectName Name { get; } = name;

    /// <summary>Writes the files, over those of the same names.</summary>
    /// <returns>Their paths in the folder, in order.</returns>
    /// <exception cref="IOException">A file cannot be written; those before it are.</exception>
    public async Task<IReadOnlyList<string>> WriteAsync(string folder, CancellationToken cancellationToken)
    {
        var written = new List<string>();
        foreach (var resource in Holder.GetManifestResourceNames().Order(StringComparer.Ordinal))
        {
            if (!resource.StartsWith(Prefix, StringComparison.Ordinal)) continue;

            // Where the tool was built decides which slashes the names of its resources have.
            var path = Fill(resource[Prefix.Length..].Replace('\\', '/'));
            var target = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            await File.WriteAllTextAsync(target, Fill(await ReadAsync(resource, cancellationToken)), cancellationToken);
            written.Add(path);
        }

        return written;
    }

    private string Fill(string text) => text
        .Replace("Starter-App", Name.Text, StringComparison.Ordinal)
        .Replace("Starter_App", Name.Namespace, StringComparison.Ordinal)
        .Replace("SLUICE_VERSION", Version, StringComparison.Ordinal);

    private static async Task<string> ReadAsync(string resource, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(Holder.GetManifestResourceStream(resource)!);
        return await reader.ReadToEndAsync(cancellationToken);
    }
}
