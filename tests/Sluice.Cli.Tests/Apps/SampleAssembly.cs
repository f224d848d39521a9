using System.Reflection;
using System.Reflection.Emit;

namespace Sluice.Cli.Tests.Apps;

/// <summary>The sample app as it was built beside these tests, and assemblies that stand for what is wrong with one.</summary>
internal static class SampleAssembly
{
    public const string Name = "Sluice.SampleApp.dll";

    /// <summary>Where it was built: a folder with all that it needs.</summary>
    public static string Folder { get; } = AppContext.BaseDirectory.Replace("Sluice.Cli.Tests", "Sluice.SampleApp", StringComparison.Ordinal);

    public static string Path { get; } = System.IO.Path.Combine(Folder, Name);

    /// <summary>Copies what was built into a folder.</summary>
    /// <returns>The path of the copy.</returns>
    public static string CopyTo(string folder)
    {
        foreach (var file in Directory.GetFiles(Folder)) File.Copy(file, System.IO.Path.Combine(folder, System.IO.Path.GetFileName(file)));
        return System.IO.Path.Combine(folder, Name);
    }

    /// <summary>Writes an assembly without types.</summary>
    public static string WriteEmpty(string folder, string name, string version)
    {
        var path = System.IO.Path.Combine(folder, $"{name}.dll");
        var informational = new CustomAttributeBuilder(
            typeof(AssemblyInformationalVersionAttribute).GetConstructor([typeof(string)])!, [version]);
        var assembly = new PersistedAssemblyBuilder(new(name) { Version = Version.Parse($"{version}.0") }, typeof(object).Assembly, [informational]);
        assembly.DefineDynamicModule(name);
        File.Delete(path);
        assembly.Save(path);
        return path;
    }
}
