using System.Collections.Immutable;

namespace Sluice;

/// <summary>Which components of a sample are scored, and how much each counts where a config does not say otherwise.</summary>
public sealed record ScorerPreset
{
    private ScorerPreset(string name, params ReadOnlySpan<(EvalComponent Component, double Weight)> weights)
    {
        Name = name;
        Weights = weights.ToArray().ToImmutableSortedDictionary(entry => entry.Component, entry => entry.Weight);
    }

    /// <summary>The tool calls alone.</summary>
    public static ScorerPreset TrajectoryOnly { get; } = new("trajectory_only", (EvalComponent.Trajectory, 1));

    /// <summary>A planner: tool calls 1, planned actions 1.</summary>
    public static ScorerPreset Planner { get; } = new("planner", (EvalComponent.Trajectory, 1), (EvalComponent.PlannedActions, 1));

    /// <summary>An executor: tool calls 1, executed actions 2.</summary>
    public static ScorerPreset Executor { get; } = new("executor", (EvalComponent.Trajectory, 1), (EvalComponent.ExecutedActions, 2));

    /// <summary>
    /// The whole system: tool calls 1, planned actions 1, executed actions 2, final answer 1. With the usual threshold of 0.7, wrong effects
    /// fail a sample by themselves.
    /// </summary>
    public static ScorerPreset Sequential { get; } = new(
        "sequential",
        (EvalComponent.Trajectory, 1),
        (EvalComponent.PlannedActions, 1),
        (EvalComponent.ExecutedActions, 2),
        (EvalComponent.FinalResponse, 1));

    /// <summary>A specialist: tool calls 1, final answer 1.</summary>
    public static ScorerPreset Specialist { get; } = new("specialist", (EvalComponent.Trajectory, 1), (EvalComponent.FinalResponse, 1));

    /// <summary>
    /// An agent that writes test cases: tool calls 1, final answer 1. The answer has to be one test case as JSON, whatever else is expected of it.
    /// </summary>
    public static ScorerPreset TestCaseBuilder { get; } =
        new("test_case_builder", (EvalComponent.Trajectory, 1), (EvalComponent.FinalResponse, 1)) { AnswerIsTestCase = true };

    /// <summary>The preset's name, such as <c>trajectory_only</c>.</summary>
    public string Name { get; private init; }

    /// <summary>The components that are scored, with their weights against each other.</summary>
    public IReadOnlyDictionary<EvalComponent, double> Weights { get; private init; }

    internal bool AnswerIsTestCase { get; private init; }

    /// <summary>The preset of a mode.</summary>
    public static ScorerPreset For(EvalMode mode) => mode switch
    {
        EvalMode.Planner => Planner,
        EvalMode.Executor => Executor,
        EvalMode.Sequential => Sequential,
        EvalMode.Specialist => Specialist,
        EvalMode.TestCaseBuilder => TestCaseBuilder,
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "There is no such mode."),
    };

    /// <summary>The preset of a config: that of its mode, with the weights that it gives. A component whose weight is 0 is not scored.</summary>
    internal static ScorerPreset For(EvalConfig config)
    {
        var preset = For(config.Mode);
        if (config.ScoreWeights is not { } given) return preset;
        var weights = Enum.GetValues<EvalComponent>()
            .Select(component => KeyValuePair.Create(component, WeightOf(component, given) ?? preset.Weights.GetValueOrDefault(component)))
            .Where(weight => weight.Value != 0);
        return preset with { Weights = weights.ToImmutableSortedDictionary() };
    }

    /// <summary>Whether a case says what is expected of at least one of the components.</summary>
    internal bool IsAuthored(TestCase testCase) => Weights.Keys.Any(component => IsAuthored(testCase, component));

    internal bool IsAuthored(TestCase testCase, EvalComponent component) => component switch
    {
        EvalComponent.Trajectory => testCase.ExpectedTrajectory is not null,
        EvalComponent.PlannedActions => testCase.ExpectedActions?.Planned is not null,
        EvalComponent.ExecutedActions => testCase.ExpectedActions?.Executed is not null,
        _ => AnswerIsTestCase || testCase.FinalResponse is { Scorers.Count: > 0 },
    };

    private static double? WeightOf(EvalComponent component, ScoreWeights weights) => component switch
    {
        EvalComponent.Trajectory => weights.Trajectory,
        EvalComponent.PlannedActions => weights.PlannedActions,
        EvalComponent.ExecutedActions => weights.ExecutedActions,
        _ => weights.FinalResponse,
    };
}
