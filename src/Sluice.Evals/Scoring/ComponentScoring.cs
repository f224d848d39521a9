using Sluice.Evals.Scoring.Actions;
using Sluice.Evals.Scoring.Responses;
using Sluice.Evals.Scoring.Trajectories;

namespace Sluice.Evals.Scoring;

/// <summary>Scores the components of one sample.</summary>
internal sealed class ComponentScoring(
    TestCase testCase, SampleOutput output, ScorerConfig config, IReadOnlyDictionary<string, JudgeVerdict> verdicts, bool answerIsTestCase)
{
    /// <summary>Scores a component that the case authors something for.</summary>
    public ComponentScore Score(EvalComponent component, double weight) => component switch
    {
        EvalComponent.Trajectory => Trajectory(weight),
        EvalComponent.PlannedActions => Actions(component, weight, testCase.ExpectedActions!.Planned!, output.PlannedActions),
        EvalComponent.ExecutedActions => Actions(component, weight, testCase.ExpectedActions!.Executed!, output.ExecutedActions),
        _ => Response(weight),
    };

    private ComponentScore Trajectory(double weight)
    {
        var (score, details) = TrajectoryScorer.Score(testCase.ExpectedTrajectory!, testCase.TrajectoryMode, output.Trajectory, config);
        return new() { Component = EvalComponent.Trajectory, Weight = weight, Score = score, Trajectory = details };
    }

    private ComponentScore Actions(EvalComponent component, double weight, IReadOnlyList<EvalAction> expected, IReadOnlyList<EvalAction> actual)
    {
        var (score, details) = ActionScorer.Score(expected, actual, testCase.ExpectedActions!.PayloadMatch);
        return new() { Component = component, Weight = weight, Score = score, Actions = details };
    }

    private ComponentScore Response(double weight)
    {
        var (score, details) = new ResponseScoring(output, verdicts).Score(testCase.FinalResponse, answerIsTestCase);
        return new() { Component = EvalComponent.FinalResponse, Weight = weight, Score = score, Response = details };
    }
}
