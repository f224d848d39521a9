namespace Sluice.Cli.Apps;

/// <summary>What a build gave.</summary>
/// <param name="AssemblyPath">The path of the assembly.</param>
/// <param name="AssetsFile">The path of what restoring wrote: it names the projects that this one refers to.</param>
/// <param name="Settings">Files of the folders above that the build was made with, such as <c>Directory.Build.props</c>.</param>
internal sealed record BuiltProject(string AssemblyPath, string AssetsFile, IReadOnlyList<string> Settings);
