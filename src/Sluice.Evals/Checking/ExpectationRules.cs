namespace Sluice.Evals.Checking;

/// <summary>Whether a case expects something that its mode scores.</summary>
internal static class ExpectationRules
{
    public static void Check(TestCase testCase, EvalConfig config, string path, EvalProblems problems)
    {
        if (ScorerPreset.For(config).IsAuthored(testCase)) return;
        var ofMode = ScorerPreset.For(config.Mode);
        if (ofMode.IsAuthored(testCase))
        {
            problems.Add(EvalErrorCodes.NoWeight, path, "All that the case expects weighs 0. Raise a weight in config.scoreWeights, or let the case expect more.");
            return;
        }

        problems.Add(
            EvalErrorCodes.NothingExpected, path,
            $"The case expects nothing that mode {EvalNames.Of(config.Mode)} scores. Give it one of: {string.Join(", ", ofMode.Weights.Keys.Select(KeyOf))}.");
    }

    private static string KeyOf(EvalComponent component) => component switch
    {
        EvalComponent.Trajectory => "expectedTrajectory",
        EvalComponent.PlannedActions => "expectedActions.planned",
        EvalComponent.ExecutedActions => "expectedActions.executed",
        _ => "finalResponse",
    };
}
