using System.Text.Json;
using Sluice.Json;

namespace Sluice;

public static partial class Define
{
    /// <summary>An app whose runtime is made as the app says, whoever starts it.</summary>
    /// <param name="name">What it is called. Non-blank.</param>
    /// <param name="spec">Its agents, tools and plans.</param>
    /// <param name="create">Makes the runtime.</param>
    /// <remarks>Opening it with another interpreter or storage is refused (<c>not_available</c>), since <paramref name="create"/> could not take note of them.</remarks>
    public static App App(string name, RuntimeSpec spec, Func<AgentRuntime> create) => Alone(name, Workspace(name, spec, create));

    /// <summary>An app whose runtime takes note of what whoever starts it wants.</summary>
    /// <param name="name">What it is called. Non-blank.</param>
    /// <param name="spec">Its agents, tools and plans.</param>
    /// <param name="create">Makes the runtime; see <see cref="AppRequest.Apply"/>.</param>
    /// <param name="metadata">What to tell people and pages about it, by name, such as <c>prompts</c>; written as JSON.</param>
    public static App App(
        string name, RuntimeSpec spec, Func<AppRequest, AgentRuntime> create, IReadOnlyDictionary<string, object?>? metadata = null) =>
        Alone(name, Workspace(name, spec, create, metadata));

    /// <summary>An app that opens more than a runtime: databases, folders, data for each sample of an eval.</summary>
    /// <param name="name">What it is called. Non-blank.</param>
    /// <param name="spec">Its agents, tools and plans.</param>
    /// <param name="open">Opens it.</param>
    /// <param name="metadata">What to tell people and pages about it, by name, such as <c>prompts</c>; written as JSON.</param>
    public static App App(
        string name, RuntimeSpec spec, Func<AppRequest, CancellationToken, Task<OpenApp>> open, IReadOnlyDictionary<string, object?>? metadata = null) =>
        Alone(name, Workspace(name, spec, open, metadata));

    /// <summary>An app of several parts, such as one for each team or customer.</summary>
    /// <param name="name">What it is called. Non-blank.</param>
    /// <param name="workspaces">Its parts by key: at least one. Keys are 1 to 64 letters, digits, <c>_</c> and <c>-</c>. Each has a tenant of its own.</param>
    /// <param name="defaultWorkspace">The key of the part that is meant where none is named; null: the only one.</param>
    /// <exception cref="ArgumentException">There is no workspace, a key is not of that form, the default is none of them, or two have the same tenant.</exception>
    public static App App(string name, IReadOnlyDictionary<string, Workspace> workspaces, string? defaultWorkspace = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(workspaces);
        defaultWorkspace ??= workspaces.Count == 1 ? workspaces.First().Key : null;
        if (defaultWorkspace is null || !workspaces.ContainsKey(defaultWorkspace))
            throw new ArgumentException($"The default workspace is one of: {string.Join(", ", workspaces.Keys)}.", nameof(defaultWorkspace));
        if (workspaces.Keys.FirstOrDefault(key => key.Length is 0 or > 64 || !key.All(IsOfKey)) is { } wrong)
            throw new ArgumentException($"'{wrong}' is no key of a workspace: 1 to 64 letters, digits, '_' and '-'.", nameof(workspaces));
        if (workspaces.Values.GroupBy(workspace => workspace.Spec.Tenant.ResourceId, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } shared)
            throw new ArgumentException($"Several workspaces have the tenant '{shared.Key}'. Runs are kept by tenant: give each its own.", nameof(workspaces));
        return new(name, workspaces.ToDictionary(StringComparer.Ordinal), defaultWorkspace);
    }

    /// <summary>A part of an app whose runtime is made as the app says, whoever starts it.</summary>
    /// <param name="displayName">What people call it. Non-blank.</param>
    /// <param name="spec">Its agents, tools and plans.</param>
    /// <param name="create">Makes the runtime.</param>
    /// <param name="metadata">What to tell people and pages about it, by name; written as JSON.</param>
    /// <remarks>Opening it with another interpreter or storage is refused (<c>not_available</c>).</remarks>
    public static Workspace Workspace(
        string displayName, RuntimeSpec spec, Func<AgentRuntime> create, IReadOnlyDictionary<string, object?>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(create);
        return Workspace(displayName, spec, (request, _) => request == new AppRequest()
            ? Task.FromResult(new OpenApp(create()))
            : throw new SluiceException(
                ErrorCodes.NotAvailable,
                $"'{displayName}' chooses its interpreter and storage itself. Define it with a function that takes the AppRequest to let others choose."), metadata);
    }

    /// <summary>A part of an app whose runtime takes note of what whoever starts it wants.</summary>
    /// <param name="displayName">What people call it. Non-blank.</param>
    /// <param name="spec">Its agents, tools and plans.</param>
    /// <param name="create">Makes the runtime; see <see cref="AppRequest.Apply"/>.</param>
    /// <param name="metadata">What to tell people and pages about it, by name; written as JSON.</param>
    public static Workspace Workspace(
        string displayName, RuntimeSpec spec, Func<AppRequest, AgentRuntime> create, IReadOnlyDictionary<string, object?>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(create);
        return Workspace(displayName, spec, (request, _) => Task.FromResult(new OpenApp(create(request))), metadata);
    }

    /// <summary>A part of an app that opens more than a runtime.</summary>
    /// <param name="displayName">What people call it. Non-blank.</param>
    /// <param name="spec">Its agents, tools and plans.</param>
    /// <param name="open">Opens it.</param>
    /// <param name="metadata">What to tell people and pages about it, by name; written as JSON.</param>
    public static Workspace Workspace(
        string displayName, RuntimeSpec spec, Func<AppRequest, CancellationToken, Task<OpenApp>> open,
        IReadOnlyDictionary<string, object?>? metadata = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(displayName);
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(open);
        var written = (metadata ?? new Dictionary<string, object?>())
            .ToDictionary(member => member.Key, member => JsonSerializer.SerializeToElement(member.Value, SluiceJson.Options), StringComparer.Ordinal);
        return new(displayName, spec, open, written);
    }

    private static App Alone(string name, Workspace workspace) =>
        App(name, new Dictionary<string, Workspace> { [Sluice.App.OnlyWorkspace] = workspace }, Sluice.App.OnlyWorkspace);

    private static bool IsOfKey(char character) => char.IsAsciiLetterOrDigit(character) || character is '_' or '-';
}
