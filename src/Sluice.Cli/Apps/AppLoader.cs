using Sluice.Cli.Output;

namespace Sluice.Cli.Apps;

/// <summary>Finds the app that <c>--app</c> names: in a project, which is built first, or in an assembly.</summary>
internal sealed class AppLoader(Terminal terminal)
{
    /// <summary>Loads an app into this process. It stays there until the process ends.</summary>
    /// <param name="app">A project file, a folder with one, or an assembly; with <c>:Type.Member</c> after it where one of several apps is meant.</param>
    /// <param name="cancellationToken">Stops the build.</param>
    /// <exception cref="CommandLine.WrongUseException">There is no such file, project, type or member, or more than one could be meant.</exception>
    /// <exception cref="SluiceException"><c>invalid_app</c>: the project does not build, or what was built cannot be loaded here or gives no app.</exception>
    public async Task<LoadedApp> LoadAsync(string app, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(app);
        var place = AppPlace.Parse(app);
        var assemblyPath = place.IsProject
            ? (await new ProjectBuild(terminal, place.Path).RunAsync(cancellationToken)).AssemblyPath
            : place.Path;
        var assembly = AppLoadContext.Load(assemblyPath);
        return new(AppMember.Find(assembly, place).Create(), assemblyPath);
    }
}
