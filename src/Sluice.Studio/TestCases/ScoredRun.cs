namespace Sluice.Studio.TestCases;

/// <summary>What a case makes of a run.</summary>
/// <param name="Scores">The scores. No judge is asked: where the case has one, there is no score.</param>
/// <param name="Output">What was scored.</param>
internal sealed record ScoredRun(ScoredSample Scores, SampleOutput Output);
