using Sluice.Studio.Workspaces;

namespace Sluice.Studio.Status;

/// <summary>What is served here.</summary>
internal sealed record StudioStatus
{
    /// <summary>What the app is called.</summary>
    public required string App { get; init; }

    /// <summary>The version of Studio.</summary>
    public required string Version { get; init; }

    /// <summary>When this process began to serve.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Which start of Studio this is: another text after every start, so that a page knows that the server was there anew.</summary>
    public required string Instance { get; init; }

    /// <summary>What writes of the page carry in <c>X-Sluice-Page-Token</c>.</summary>
    public required string PageToken { get; init; }

    /// <summary>The workspace that is meant where none is named.</summary>
    public required string DefaultWorkspace { get; init; }

    public required IReadOnlyList<WorkspaceInfo> Workspaces { get; init; }
}
