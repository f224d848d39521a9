using Sluice.Data;
using Sluice.Studio.Data;
using Sluice.Studio.Errors;
using Sluice.Studio.Jobs;

namespace Sluice.Studio.Workspaces;

/// <summary>A workspace that is open.</summary>
/// <param name="Key">Its key in the app.</param>
/// <param name="Runtime">Its runtime.</param>
/// <param name="Jobs">Its jobs.</param>
/// <param name="App">What was opened for it; null: the host's own runtime, which the host disposes.</param>
internal sealed record OpenWorkspace(string Key, AgentRuntime Runtime, JobTable Jobs, OpenApp? App = null)
{
    /// <summary>The data that its agents work on; null: none.</summary>
    public OpenDataEnvironment? Data => Runtime.DataEnvironment as OpenDataEnvironment;

    /// <summary>The tables of the data.</summary>
    public Recent<IReadOnlyList<TableInfo>> Tables { get; } = new();

    /// <summary>What the data are.</summary>
    public Recent<DataSources> Sources { get; } = new();

    /// <summary>The data.</summary>
    /// <exception cref="SluiceException"><c>not_found</c>: there are none.</exception>
    public OpenDataEnvironment RequireData() =>
        Data ?? throw new SluiceException(StudioErrorCodes.NotFound, $"Workspace '{Key}' has no data environment. Give its runtime one in RuntimeOptions.DataEnvironment.");
}
