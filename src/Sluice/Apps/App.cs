namespace Sluice;

/// <summary>A program's agents as tools such as the command line and Studio start them. Made by <c>Define.App</c>, found by <see cref="SluiceAppAttribute"/>.</summary>
public sealed class App
{
    /// <summary>The key of the workspace of an app that has only one.</summary>
    public const string OnlyWorkspace = "default";

    internal App(string name, IReadOnlyDictionary<string, Workspace> workspaces, string defaultWorkspace) =>
        (Name, Workspaces, DefaultWorkspace) = (name, workspaces, defaultWorkspace);

    /// <summary>What it is called.</summary>
    public string Name { get; }

    /// <summary>Its parts by key; at least one.</summary>
    public IReadOnlyDictionary<string, Workspace> Workspaces { get; }

    /// <summary>The key of the workspace that is meant where none is named.</summary>
    public string DefaultWorkspace { get; }

    /// <summary>The agents, tools and plans of the default workspace.</summary>
    public RuntimeSpec Spec => Workspaces[DefaultWorkspace].Spec;

    /// <summary>Starts the default workspace.</summary>
    /// <param name="request">What whoever starts it wants otherwise. Default: nothing.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <exception cref="SluiceException">What it needs cannot be opened, or it cannot do what the request wants.</exception>
    public Task<OpenApp> OpenAsync(AppRequest? request = null, CancellationToken cancellationToken = default) =>
        Workspaces[DefaultWorkspace].OpenAsync(request, cancellationToken);
}
