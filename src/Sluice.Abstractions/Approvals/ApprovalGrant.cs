using System.Text.Json.Serialization;
using Sluice.Json;

namespace Sluice;

/// <summary>A standing approval that a person gave together with a decision.</summary>
/// <remarks>It only points to the decision: the gate believes the sealed decision, not this row.</remarks>
public sealed record ApprovalGrant
{
    /// <summary>The grant's id: <c>grant-</c> and the id of the request that was decided.</summary>
    public required string Id { get; init; }

    /// <summary>How far it reaches.</summary>
    public required ApprovalGrantScope Scope { get; init; }

    /// <summary>The tool it approves.</summary>
    public required string ToolName { get; init; }

    /// <summary>The run in which it holds.</summary>
    public required string RunId { get; init; }

    /// <summary>The digest of the approved call, for <see cref="ApprovalGrantScope.Arguments"/>.</summary>
    public string? Digest { get; init; }

    /// <summary>Who gave it.</summary>
    public string? GrantedBy { get; init; }

    /// <summary>When it was given.</summary>
    [JsonConverter(typeof(TimestampConverter))]
    public required DateTimeOffset At { get; init; }
}
