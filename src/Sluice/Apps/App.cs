namespace Sluice;

/// <summary>A program's agents as tools such as the command line and Studio start them. Made by <c>Define.App</c>, found by <see cref="SluiceAppAttribute"/>.</summary>
public sealed class App
{
    private readonly Func<AppRequest, CancellationToken, Task<OpenApp>> _open;

    internal App(string name, RuntimeSpec spec, Func<AppRequest, CancellationToken, Task<OpenApp>> open) => (Name, Spec, _open) = (name, spec, open);

    /// <summary>What it is called.</summary>
    public string Name { get; }

    /// <summary>Its agents, tools and plans.</summary>
    public RuntimeSpec Spec { get; }

    /// <summary>Starts it.</summary>
    /// <param name="request">What whoever starts it wants otherwise. Default: nothing.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <exception cref="SluiceException">What it needs cannot be opened, or it cannot do what the request wants.</exception>
    public Task<OpenApp> OpenAsync(AppRequest? request = null, CancellationToken cancellationToken = default) => _open(request ?? new(), cancellationToken);
}
