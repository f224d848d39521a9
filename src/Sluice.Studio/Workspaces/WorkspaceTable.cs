using System.Text.Json;
using Sluice.Studio.Errors;

namespace Sluice.Studio.Workspaces;

/// <summary>The workspaces of an app. Each is opened once; one that cannot be opened leaves the others alone and is tried again when it is asked for.</summary>
internal sealed class WorkspaceTable : IAsyncDisposable
{
    private readonly App? _app;
    private readonly AppRequest _request = new();
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Task<OpenWorkspace>> _open = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _closing = new();

    /// <summary>The workspaces of an app, to be opened here.</summary>
    /// <param name="app">The app.</param>
    /// <param name="request">How those are opened that let others choose. Its storage is disposed by whoever gave it.</param>
    /// <param name="time">The clock of their jobs.</param>
    public WorkspaceTable(App app, AppRequest request, TimeProvider time) =>
        (Name, DefaultKey, _app, _request, _time) = (app.Name, app.DefaultWorkspace, app, request, time);

    /// <summary>The runtime of a host as the only workspace.</summary>
    public WorkspaceTable(AgentRuntime runtime, TimeProvider time)
    {
        (Name, DefaultKey, _time) = (runtime.Spec.Tenant.ResourceId, App.OnlyWorkspace, time);
        _open.Add(DefaultKey, Task.FromResult(new OpenWorkspace(DefaultKey, runtime, new(time))));
    }

    /// <summary>What the app is called.</summary>
    public string Name { get; }

    /// <summary>The workspace that is meant where none is named.</summary>
    public string DefaultKey { get; }

    /// <summary>Begins to open all of them, so that runs that wait go on without anybody asking.</summary>
    public void OpenAll()
    {
        foreach (var key in _app?.Workspaces.Keys ?? []) _ = BeginOpening(key);
    }

    /// <summary>A workspace, once it is open.</summary>
    /// <exception cref="SluiceException">There is no such workspace (<c>unknown_workspace</c>), or it cannot be opened.</exception>
    public async Task<OpenWorkspace> GetAsync(string key, CancellationToken cancellationToken)
    {
        if (_app is null ? key != DefaultKey : !_app.Workspaces.ContainsKey(key))
        {
            throw new SluiceException(
                StudioErrorCodes.UnknownWorkspace, $"There is no workspace '{key}'. The workspaces are: {string.Join(", ", _app?.Workspaces.Keys ?? [DefaultKey])}.");
        }

        return await BeginOpening(key).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>All of them, in the app's order.</summary>
    public IReadOnlyList<WorkspaceInfo> List() => _app is null
        ? [Describe(DefaultKey, Name, new Dictionary<string, JsonElement>())]
        : [.. _app.Workspaces.Select(workspace => Describe(workspace.Key, workspace.Value.DisplayName, workspace.Value.Metadata))];

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        List<Task<OpenWorkspace>> open;
        lock (_lock) open = [.. _open.Values];
        foreach (var opening in open)
        {
            await ((Task)opening).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!opening.IsCompletedSuccessfully) continue;
            var workspace = await opening.ConfigureAwait(false);
            await workspace.Jobs.DisposeAsync().ConfigureAwait(false);
            if (workspace.App is { } app) await app.DisposeAsync().ConfigureAwait(false);
        }

        _closing.Dispose();
    }

    private Task<OpenWorkspace> BeginOpening(string key)
    {
        lock (_lock)
        {
            if (_open.TryGetValue(key, out var known) && known is not { IsCompleted: true, IsCompletedSuccessfully: false }) return known;
            var opening = OpenAsync(key, _app!.Workspaces[key]);
            _open[key] = opening;
            return opening;
        }
    }

    private async Task<OpenWorkspace> OpenAsync(string key, Workspace workspace)
    {
        await Task.Yield();
        try
        {
            var app = await OpenWithAsync(workspace).ConfigureAwait(false);
            return new(key, app.Runtime, new(_time), app);
        }
        catch (Exception exception) when (exception is not (SluiceException or OperationCanceledException))
        {
            throw new SluiceException(
                ErrorCodes.InvalidApp, $"Workspace '{key}' cannot be opened: {exception.GetType().Name}: {exception.Message}", exception);
        }
    }

    private async Task<OpenApp> OpenWithAsync(Workspace workspace)
    {
        try
        {
            return await workspace.OpenAsync(_request, _closing.Token).ConfigureAwait(false);
        }
        catch (SluiceException exception) when (exception.Code == ErrorCodes.NotAvailable)
        {
            // It keeps its runs where it wants to.
            return await workspace.OpenAsync(null, _closing.Token).ConfigureAwait(false);
        }
    }

    private WorkspaceInfo Describe(string key, string displayName, IReadOnlyDictionary<string, JsonElement> metadata)
    {
        Task<OpenWorkspace>? opening;
        lock (_lock) opening = _open.GetValueOrDefault(key);
        return new()
        {
            Key = key,
            DisplayName = displayName,
            IsDefault = key == DefaultKey,
            Metadata = metadata,
            State = opening switch
            {
                { IsCompletedSuccessfully: true } => WorkspaceState.Open,
                { IsCompleted: true } => WorkspaceState.Failed,
                _ => WorkspaceState.Opening,
            },
            Error = opening?.Exception?.GetBaseException() is SluiceException failure ? failure.ToErrorInfo() : null,
        };
    }
}
