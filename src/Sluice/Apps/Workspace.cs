using System.Text.Json;

namespace Sluice;

/// <summary>A part of an app that is opened on its own: a spec and what it runs on. Made by <c>Define.Workspace</c>.</summary>
public sealed class Workspace
{
    private readonly Func<AppRequest, CancellationToken, Task<OpenApp>> _open;

    internal Workspace(
        string displayName, RuntimeSpec spec, Func<AppRequest, CancellationToken, Task<OpenApp>> open, IReadOnlyDictionary<string, JsonElement> metadata) =>
        (DisplayName, Spec, _open, Metadata) = (displayName, spec, open, metadata);

    /// <summary>What people call it.</summary>
    public string DisplayName { get; }

    /// <summary>Its agents, tools and plans.</summary>
    public RuntimeSpec Spec { get; }

    /// <summary>
    /// What the app says about it, for people and pages; no run depends on it. Studio offers the prompts of <c>prompts</c>, a list of
    /// <c>{title, prompt}</c>, as buttons.
    /// </summary>
    public IReadOnlyDictionary<string, JsonElement> Metadata { get; }

    /// <summary>Starts it.</summary>
    /// <param name="request">What whoever starts it wants otherwise. Default: nothing.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <exception cref="SluiceException">What it needs cannot be opened, or it cannot do what the request wants.</exception>
    public Task<OpenApp> OpenAsync(AppRequest? request = null, CancellationToken cancellationToken = default) => _open(request ?? new(), cancellationToken);
}
