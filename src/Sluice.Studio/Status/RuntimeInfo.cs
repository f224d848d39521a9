namespace Sluice.Studio.Status;

/// <summary>What a workspace runs, in short.</summary>
internal sealed record RuntimeInfo
{
    public required TenantSpec Tenant { get; init; }

    /// <summary>The agent that prompts without an agent's name go to; null: there are several agents and no coordinator.</summary>
    public string? EntryAgent { get; init; }

    public required IReadOnlyList<string> Agents { get; init; }

    public required IReadOnlyList<PlanInfo> Plans { get; init; }

    /// <summary>The kinds of references that may be stored.</summary>
    public required IReadOnlyList<string> References { get; init; }

    /// <summary>Whether its agents work on data that Connect can show.</summary>
    public required bool HasData { get; init; }
}
