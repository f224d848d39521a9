using System.Text.Json;

namespace Sluice.Studio.Workspaces;

/// <summary>A workspace as the page lists it.</summary>
internal sealed record WorkspaceInfo
{
    public required string Key { get; init; }

    public required string DisplayName { get; init; }

    public required bool IsDefault { get; init; }

    public required IReadOnlyDictionary<string, JsonElement> Metadata { get; init; }

    /// <summary>Whether it is open, is being opened, or cannot be opened.</summary>
    public required WorkspaceState State { get; init; }

    /// <summary>Why it cannot be opened. The next request tries again.</summary>
    public ErrorInfo? Error { get; init; }
}
