namespace Sluice;

/// <summary>Which rule decides whether a tool or plan is gated, and which rules were looked at.</summary>
public sealed record ApprovalExplanation
{
    /// <summary>The agent.</summary>
    public required string Agent { get; init; }

    /// <summary>The tool's name, or <c>execute_plan</c> for the plan channel.</summary>
    public required string Tool { get; init; }

    /// <summary>The policy that holds.</summary>
    public required ApprovalPolicy Policy { get; init; }

    /// <summary>The place of the rule that decided, such as <c>agents[executor].toolApprovals[post]</c>.</summary>
    public required string Rule { get; init; }

    /// <summary>A sentence that says why.</summary>
    public required string Reason { get; init; }

    /// <summary>Every place that had an opinion, most specific first.</summary>
    public required IReadOnlyList<ApprovalRule> Considered { get; init; }
}
