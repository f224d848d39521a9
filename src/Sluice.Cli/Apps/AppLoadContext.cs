using System.Collections.Frozen;
using System.Diagnostics;
using System.Reflection;
using System.Runtime.Loader;

namespace Sluice.Cli.Apps;

/// <summary>Where an app's assemblies live: its own first, whatever versions this tool has of them.</summary>
internal sealed class AppLoadContext : AssemblyLoadContext
{
    /// <summary>
    /// What the app and the tool have in common, and so only once: Sluice, and what its public types name. And SQLite, since two copies of it in
    /// one process break each other's locks: POSIX drops all locks that a process has on a file when any part of it closes that file.
    /// </summary>
    public static readonly FrozenSet<string> Shared = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "Sluice", "Sluice.Abstractions", "Sluice.Anthropic", "Sluice.Data", "Sluice.Evals", "Sluice.Mcp", "Sluice.Mcp.AspNetCore", "Sluice.OpenAI", "Sluice.Postgres", "Sluice.Redis",
        "Sluice.Runtime", "Sluice.Sqlite", "Sluice.Studio",
        "Microsoft.Extensions.AI.Abstractions", "Microsoft.Extensions.Configuration.Abstractions", "Microsoft.Extensions.DependencyInjection.Abstractions",
        "Microsoft.Extensions.Diagnostics.Abstractions", "Microsoft.Extensions.FileProviders.Abstractions", "Microsoft.Extensions.Hosting.Abstractions",
        "Microsoft.Extensions.Logging.Abstractions", "Microsoft.Extensions.Options", "Microsoft.Extensions.Primitives",
        "SQLitePCLRaw.batteries_v2", "SQLitePCLRaw.core", "SQLitePCLRaw.provider.e_sqlite3");

    private readonly AssemblyDependencyResolver _resolver;

    private AppLoadContext(string path)
        : base($"app {Path.GetFileNameWithoutExtension(path)}") => _resolver = new(path);

    /// <summary>Loads an app's assembly; its dependencies follow as they are needed.</summary>
    /// <exception cref="SluiceException">It is no assembly, or was built with a Sluice that is not this tool's.</exception>
    public static Assembly Load(string path)
    {
        try
        {
            // The resolver takes any file for an assembly; this one looks.
            AssemblyName.GetAssemblyName(path);
            var context = new AppLoadContext(path);
            context.CheckShared(Path.GetFileName(path));
            return context.LoadFromAssemblyPath(path);
        }
        catch (BadImageFormatException exception)
        {
            throw new SluiceException(ErrorCodes.InvalidApp, $"'{path}' is no .NET assembly. Give a project or a '.dll'.", exception);
        }
        catch (InvalidOperationException exception)
        {
            // The resolver's only failure: what stands beside the assembly and says what it needs cannot be read.
            throw new SluiceException(ErrorCodes.InvalidApp, $"What '{path}' depends on cannot be found out: {exception.Message}", exception);
        }
    }

    protected override Assembly? Load(AssemblyName assemblyName) =>
        assemblyName.Name is { } name && !Shared.Contains(name) && _resolver.ResolveAssemblyToPath(assemblyName) is { } path ? LoadFromAssemblyPath(path) : null;

    protected override IntPtr LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : IntPtr.Zero;

    /// <summary>Two versions of Sluice would be two sets of types with the same names; an older one of the rest may lack what the app calls.</summary>
    private void CheckShared(string app)
    {
        var own = typeof(App).Assembly.GetName();
        if (_resolver.ResolveAssemblyToPath(own) is not { } sluice)
            throw new SluiceException(ErrorCodes.InvalidApp, $"'{app}' does not use the package Sluice, so it has no app.");
        var (ofApp, ofTool) = (VersionOf(sluice), VersionOf(typeof(App).Assembly.Location));
        if (ofApp != ofTool)
        {
            throw new SluiceException(
                ErrorCodes.InvalidApp,
                $"'{app}' uses Sluice {ofApp}, and this tool is of {ofTool}. Use the tool of that version ('dotnet tool install Sluice.Cli --version {ofApp}'), or build the app with {ofTool}.");
        }

        foreach (var name in Shared.Order(StringComparer.Ordinal))
        {
            if (_resolver.ResolveAssemblyToPath(new(name)) is not { } path || Default.LoadFromAssemblyName(new(name)).GetName().Version is not { } here) continue;
            if (AssemblyName.GetAssemblyName(path).Version is { } there && there > here)
                throw new SluiceException(ErrorCodes.InvalidApp, $"'{app}' uses {name} {there}, and this tool has {here}. Use a newer tool, or an older package in the app.");
        }
    }

    /// <summary>The version of the package that an assembly came with, without the commit.</summary>
    private static string VersionOf(string assembly) => (FileVersionInfo.GetVersionInfo(assembly).ProductVersion ?? "").Split('+')[0];
}
