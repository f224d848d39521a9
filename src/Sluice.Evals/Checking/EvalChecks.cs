namespace Sluice.Evals.Checking;

/// <summary>Everything that can be known to be wrong with an eval before anything runs.</summary>
internal static class EvalChecks
{
    /// <summary>Looks for everything that is wrong.</summary>
    /// <param name="dataset">The cases.</param>
    /// <param name="config">How they are to be run and scored.</param>
    /// <param name="runtime">What they are to run on; null where only what was recorded is scored.</param>
    /// <param name="hasJudge">Whether there is a judge besides the config's model.</param>
    /// <param name="useScripts">Whether scripts are run in the inputs' place.</param>
    /// <returns>All problems, in the order of the dataset; none for an eval that can run.</returns>
    public static IReadOnlyList<SpecError> Check(EvalDataset dataset, EvalConfig config, IAgentRuntime? runtime, bool hasJudge, bool useScripts = false)
    {
        var problems = new EvalProblems();
        problems.RequireText(dataset.Name, "name", "The dataset's name");
        ConfigRules.Check(config, problems);
        var subject = runtime is null ? null : SubjectRules.Check(runtime.Spec, config, problems);
        if (dataset.Cases.Count == 0) problems.Add(EvalErrorCodes.NoCases, "cases", "There is no case. Add one.");
        CaseRules.CheckIds(dataset.Cases, problems);
        for (var i = 0; i < dataset.Cases.Count; i++)
        {
            var (testCase, path) = (dataset.Cases[i], $"cases[{i}]");
            CaseRules.Check(testCase, config, useScripts, path, problems);
            subject?.Check(testCase, path, problems);
        }

        if (!hasJudge && runtime is not null) JudgeRules.Check(dataset.Cases, config, runtime, problems);
        return problems.Errors;
    }
}
