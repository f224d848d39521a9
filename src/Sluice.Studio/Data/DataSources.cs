using Sluice.Data;

namespace Sluice.Studio.Data;

/// <summary>What a workspace's agents work on, without addresses and secrets.</summary>
internal sealed record DataSources
{
    /// <summary>The kind of the database, such as <c>sqlite</c>; null: there is none.</summary>
    public string? Database { get; init; }

    /// <summary>What is not as safe as it could be.</summary>
    public required IReadOnlyList<TargetDatabaseWarning> Warnings { get; init; }

    /// <summary>The workspace that catalog and documents are kept under.</summary>
    public required string WorkspaceId { get; init; }

    public required bool IsCatalogReadOnly { get; init; }

    public required bool HasSearch { get; init; }

    /// <summary>Whether samples show the kind of personal data in place of the data.</summary>
    public required bool MasksPersonalData { get; init; }

    /// <summary>The logical databases of the catalog.</summary>
    public required IReadOnlyList<string> DatabaseIds { get; init; }

    /// <summary>The entries of the catalog, by type.</summary>
    public required IReadOnlyDictionary<string, int> Entries { get; init; }
}
