namespace Sluice.Studio.TestCases;

/// <summary>Which run to make a case of.</summary>
/// <param name="RunId">The run, which has ended.</param>
/// <param name="Id">The case's id; null: the run's.</param>
internal sealed record TestFromRun(string RunId, string? Id = null);
