namespace Sluice.Studio.Workspaces;

/// <summary>Whether a workspace can be used.</summary>
internal enum WorkspaceState
{
    /// <summary>It is being opened.</summary>
    Opening,

    /// <summary>It is open.</summary>
    Open,

    /// <summary>It could not be opened.</summary>
    Failed,
}
