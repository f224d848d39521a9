using System.Text.Json;

namespace Sluice.Studio.Approvals;

/// <summary>An answer to a request.</summary>
internal sealed record Decide
{
    public required ApprovalOutcome Outcome { get; init; }

    /// <summary>What the decider says to the agent.</summary>
    public string? Feedback { get; init; }

    /// <summary>What replaces members of the plan's body; see <see cref="ApprovalAnswer.Partial"/>.</summary>
    public JsonElement? Partial { get; init; }

    /// <summary>Who decides. Default: whoever the host says is signed in, else <c>studio</c>.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>For tool calls: also approve later ones within this scope.</summary>
    public ApprovalGrantScope? Grant { get; init; }
}
