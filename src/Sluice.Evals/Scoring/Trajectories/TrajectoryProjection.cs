namespace Sluice.Evals.Scoring.Trajectories;

/// <summary>Leaves out the calls that a config does not look at. What was recorded stays as it is.</summary>
internal static class TrajectoryProjection
{
    public static IReadOnlyList<TrajectoryCall> Of(IReadOnlyList<TrajectoryCall> trajectory, ScorerConfig config) =>
        config.IncludeSubAgents && config.IgnoreTools.Count == 0
            ? trajectory
            : [.. trajectory.Where(call => (config.IncludeSubAgents || call.Depth == 0) && !config.IgnoreTools.Contains(call.Name))];
}
