using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sluice;

/// <summary>The run waits for a person.</summary>
public sealed record ApprovalRequiredEvent : RuntimeEvent
{
    /// <summary>The request's id; a decision names it.</summary>
    public required string Id { get; init; }

    /// <summary>What is asked for.</summary>
    public required ApprovalKind Kind { get; init; }

    /// <summary>The tool's name or the plan's id.</summary>
    public required string Target { get; init; }

    /// <summary>What the person should see: the arguments, the plan with previews, or what is known of an effect in doubt.</summary>
    public required JsonElement Payload { get; init; }

    /// <summary>The tenant's resource id.</summary>
    public required string ResourceId { get; init; }

    /// <summary>When the request is rejected as expired; null: never.</summary>
    [JsonConverter(typeof(Json.TimestampConverter))]
    public DateTimeOffset? ExpiresAt { get; init; }
}
