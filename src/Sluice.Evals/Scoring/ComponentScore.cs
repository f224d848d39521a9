using System.Text.Json.Serialization;

namespace Sluice;

/// <summary>What one component of a sample scored, and why.</summary>
public sealed record ComponentScore
{
    /// <summary>The component.</summary>
    public required EvalComponent Component { get; init; }

    /// <summary>The score, 0 to 1; null when a judge gave no verdict.</summary>
    public double? Score { get; init; }

    /// <summary>Its share of the sample's score; those of all components come to 1.</summary>
    public required double Weight { get; init; }

    /// <summary>Of a trajectory: what matched and what did not.</summary>
    public TrajectoryDetails? Trajectory { get; init; }

    /// <summary>Of planned or executed actions: what matched and what did not.</summary>
    public ActionDetails? Actions { get; init; }

    /// <summary>Of a final answer: its scorers.</summary>
    public ResponseDetails? Response { get; init; }
}

/// <summary>A part of what an agent does that is scored by itself.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<EvalComponent>))]
public enum EvalComponent
{
    /// <summary>The tool calls.</summary>
    [JsonStringEnumMemberName("trajectory")]
    Trajectory,

    /// <summary>The actions of the stored plan.</summary>
    [JsonStringEnumMemberName("planned_actions")]
    PlannedActions,

    /// <summary>The actions that were executed.</summary>
    [JsonStringEnumMemberName("executed_actions")]
    ExecutedActions,

    /// <summary>The final answer.</summary>
    [JsonStringEnumMemberName("final_response")]
    FinalResponse,
}
