using System.Text.Json.Serialization;
using Sluice.Json;

namespace Sluice;

/// <summary>One change of a stored plan.</summary>
public sealed record PlanChange
{
    /// <summary>The status after the change.</summary>
    public required PlanStatus Status { get; init; }

    /// <summary>The body's version after the change.</summary>
    public required int Version { get; init; }

    /// <summary>When it was made.</summary>
    [JsonConverter(typeof(TimestampConverter))]
    public required DateTimeOffset At { get; init; }

    /// <summary>Who made it: an agent's name or, for approvals, a person; null for an approver who was not named, and where the policy did not ask.</summary>
    public string? By { get; init; }
}
