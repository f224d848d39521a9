namespace Sluice;

/// <summary>What a runtime says about one of its agents, between the agent's own rules and the floor.</summary>
public sealed record ApprovalOverride
{
    /// <summary>For executing plans. Null: no opinion.</summary>
    public ApprovalPolicy? Plans { get; init; }

    /// <summary>For calling tools. Null: no opinion.</summary>
    public ApprovalPolicy? Tools { get; init; }

    /// <summary>For single tools of the agent, by name; more specific than <see cref="Tools"/>. Default: none.</summary>
    public IReadOnlyDictionary<string, ApprovalPolicy> ToolApprovals { get; init; } = new Dictionary<string, ApprovalPolicy>();
}
