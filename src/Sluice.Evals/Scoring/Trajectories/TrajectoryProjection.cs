namespace Sluice.Evals.Scoring.Trajectories;

/// <summary>The calls that a config looks at, with what is compared of them. What was recorded stays as it is.</summary>
internal static class TrajectoryProjection
{
    public static IReadOnlyList<TrajectoryCall> Of(IReadOnlyList<TrajectoryCall> trajectory, ScorerConfig config) =>
    [
        .. trajectory
            .Where(call => (config.IncludeSubAgents || call.Depth == 0) && !config.IgnoreTools.Contains(call.Name))
            .Select(call => call with { Result = null, Error = null, DurationMs = null }),
    ];
}
