using Sluice.Data;

namespace Sluice.Studio.Workspaces;

/// <summary>A workspace that is open.</summary>
/// <param name="Key">Its key in the app.</param>
/// <param name="Runtime">Its runtime.</param>
/// <param name="App">What was opened for it; null: the host's own runtime, which the host disposes.</param>
internal sealed record OpenWorkspace(string Key, AgentRuntime Runtime, OpenApp? App = null)
{
    /// <summary>The data that its agents work on; null: none.</summary>
    public OpenDataEnvironment? Data => Runtime.DataEnvironment as OpenDataEnvironment;
}
