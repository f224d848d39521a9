namespace Sluice.Evals.Checking;

/// <summary>Whether a case expects something that its mode scores.</summary>
internal static class ExpectationRules
{
    public static void Check(TestCase testCase, EvalConfig config, string path, EvalProblems problems)
    {
        EvalComponent[] authored = [.. ComponentsOf(config.Mode).Where(component => IsAuthored(testCase, component))];
        if (authored.Length == 0)
        {
            var names = string.Join(", ", ComponentsOf(config.Mode).Select(KeyOf));
            problems.Add(EvalErrorCodes.NothingExpected, path, $"The case expects nothing that mode {EvalNames.Of(config.Mode)} scores. Give it one of: {names}.");
        }
        else if (authored.All(component => WeightOf(config.ScoreWeights, component) == 0))
        {
            problems.Add(
                EvalErrorCodes.NoWeight, path,
                $"All that the case expects ({string.Join(", ", authored.Select(KeyOf))}) weighs 0. Raise a weight in config.scoreWeights, or let the case expect more.");
        }
    }

    private static EvalComponent[] ComponentsOf(EvalMode mode) => mode switch
    {
        EvalMode.Planner => [EvalComponent.Trajectory, EvalComponent.PlannedActions],
        EvalMode.Executor => [EvalComponent.Trajectory, EvalComponent.ExecutedActions],
        EvalMode.Specialist or EvalMode.TestCaseBuilder => [EvalComponent.Trajectory, EvalComponent.FinalResponse],
        _ => [EvalComponent.Trajectory, EvalComponent.PlannedActions, EvalComponent.ExecutedActions, EvalComponent.FinalResponse],
    };

    private static bool IsAuthored(TestCase testCase, EvalComponent component) => component switch
    {
        EvalComponent.Trajectory => testCase.ExpectedTrajectory is not null,
        EvalComponent.PlannedActions => testCase.ExpectedActions?.Planned is not null,
        EvalComponent.ExecutedActions => testCase.ExpectedActions?.Executed is not null,
        _ => testCase.FinalResponse is not null,
    };

    private static double? WeightOf(ScoreWeights? weights, EvalComponent component) => component switch
    {
        EvalComponent.Trajectory => weights?.Trajectory,
        EvalComponent.PlannedActions => weights?.PlannedActions,
        EvalComponent.ExecutedActions => weights?.ExecutedActions,
        _ => weights?.FinalResponse,
    };

    private static string KeyOf(EvalComponent component) => component switch
    {
        EvalComponent.Trajectory => "expectedTrajectory",
        EvalComponent.PlannedActions => "expectedActions.planned",
        EvalComponent.ExecutedActions => "expectedActions.executed",
        _ => "finalResponse",
    };
}
