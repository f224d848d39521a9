namespace Sluice;

/// <summary>Approval rules per channel: what an agent, an override or the runtime's floor says.</summary>
public sealed record ApprovalPatch
{
    /// <summary>For executing plans: never, always or default. Null: no opinion.</summary>
    public ApprovalPolicy? Plans { get; init; }

    /// <summary>For calling tools: never, always, default or dynamic. Null: no opinion.</summary>
    public ApprovalPolicy? Tools { get; init; }

    /// <summary>On the floor only, the runtime's own or the coordinator's where that stands for it: narrower rules may tighten but not relax it, nor the default of a channel it leaves open. Default: false.</summary>
    public bool Locked { get; init; }
}
