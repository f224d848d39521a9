namespace Sluice.Evals.Checking;

internal static class ConfigRules
{
    public static void Check(EvalConfig config, EvalProblems problems)
    {
        problems.RequireWithin(config.SamplesPerCase, 1, 1000, "config.samplesPerCase");
        problems.RequireWithin(config.Concurrency, 1, 256, "config.concurrency");
        problems.RequireShare(config.PassThreshold, "config.passThreshold");
        problems.RequireShare(config.RepeatThreshold, "config.repeatThreshold", isZeroAllowed: false);
        CheckWeight(config.ScoreWeights?.Trajectory, "trajectory", problems);
        CheckWeight(config.ScoreWeights?.PlannedActions, "plannedActions", problems);
        CheckWeight(config.ScoreWeights?.ExecutedActions, "executedActions", problems);
        CheckWeight(config.ScoreWeights?.FinalResponse, "finalResponse", problems);
        CheckLimits(config.Limits, problems);
    }

    private static void CheckWeight(double? weight, string component, EvalProblems problems)
    {
        if (weight is { } value) problems.RequireWeight(value, $"config.scoreWeights.{component}", isZeroAllowed: true);
    }

    private static void CheckLimits(EvalLimits limits, EvalProblems problems)
    {
        // What timers can wait for.
        problems.RequireWithin(limits.SampleTimeoutMs, 1, int.MaxValue, "config.limits.sampleTimeoutMs");
        problems.RequireWithin(limits.JudgeRetries, 0, 10, "config.limits.judgeRetries");
        if (limits.CostUsd <= 0) problems.Add(EvalErrorCodes.OutOfRange, "config.limits.costUsd", "A limit of costs is above 0. Give more, or leave it out.");
    }
}
