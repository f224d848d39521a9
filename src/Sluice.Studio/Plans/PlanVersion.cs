using System.Text.Json;

namespace Sluice.Studio.Plans;

/// <summary>A version of a stored plan.</summary>
internal sealed record PlanVersion
{
    /// <summary>The version, from 1.</summary>
    public required int Version { get; init; }

    /// <summary>When it was stored.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who stored it: an agent, or the person who edited the version before it; null: somebody without a name.</summary>
    public string? By { get; init; }

    /// <summary>What it says; null: that is recorded in no run that is still there.</summary>
    public JsonElement? Body { get; init; }

    /// <summary>The answer about the version before it from which it came; null: nobody had been asked.</summary>
    public PlanVersionCause? Cause { get; init; }
}
