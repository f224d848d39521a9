using System.Text.Json;
using System.Text.Json.Serialization;
using Sluice.Json;

namespace Sluice;

/// <summary>A stored question to a person. It is written before it is shown, and decided at most once.</summary>
public sealed record ApprovalRequest
{
    /// <summary>The request's id; a decision names it.</summary>
    public required string Id { get; init; }

    /// <summary>What is asked for.</summary>
    public required ApprovalKind Kind { get; init; }

    /// <summary>The tool's name or the plan's id.</summary>
    public required string Target { get; init; }

    /// <summary>What the person should see: the arguments, the plan with previews, or what is known of an effect in doubt.</summary>
    public required JsonElement Payload { get; init; }

    /// <summary>
    /// SHA-256, in hex, of what exactly is asked: tool, version and canonical arguments; plan id, version and content hash; or, for an effect
    /// in doubt, run, step, attempt and payload.
    /// </summary>
    public required string Digest { get; init; }

    /// <summary>The policy that asked, as it was then.</summary>
    public required ApprovalPolicy Policy { get; init; }

    /// <summary>The rule that supplied the policy, for people.</summary>
    public required string Rule { get; init; }

    /// <summary>The run that waits.</summary>
    public required string RunId { get; init; }

    /// <summary>The run's thread.</summary>
    public required string ThreadId { get; init; }

    /// <summary>The agent that asked.</summary>
    public required string Agent { get; init; }

    /// <summary>The journal key of the step that waits.</summary>
    public required string StepKey { get; init; }

    /// <summary>When it was asked.</summary>
    [JsonConverter(typeof(TimestampConverter))]
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it is rejected as expired; null: never.</summary>
    [JsonConverter(typeof(TimestampConverter))]
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Where it stands.</summary>
    public ApprovalStatus Status { get; init; }

    /// <summary>The answers so far, in order. With a quorum there may be several.</summary>
    public IReadOnlyList<ApprovalDecision> Decisions { get; init; } = [];

    /// <summary>Whether the run that asked has taken up what became of the request. Until then whoever runs the spec has to wake it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsApplied { get; init; }

    /// <summary>Counts the changes of this row, from 1; a change names the version it saw.</summary>
    public long Version { get; init; } = 1;

    /// <summary>The answer that decided, once the request is decided.</summary>
    [JsonIgnore]
    public ApprovalDecision? Decision => Status == ApprovalStatus.Decided ? Decisions[^1] : null;
}
