namespace Sluice;

/// <summary>Where a tool call comes from, for an approval predicate.</summary>
public sealed record ApprovalContext
{
    /// <summary>The tool that is called.</summary>
    public required string ToolName { get; init; }

    /// <summary>The id of the call.</summary>
    public required string ToolUseId { get; init; }

    /// <summary>The agent that calls.</summary>
    public required string Agent { get; init; }

    /// <summary>The run the call belongs to.</summary>
    public required string RunId { get; init; }

    /// <summary>The thread the run belongs to.</summary>
    public required string ThreadId { get; init; }

    /// <summary>The tenant of the runtime.</summary>
    public required TenantSpec Tenant { get; init; }
}
