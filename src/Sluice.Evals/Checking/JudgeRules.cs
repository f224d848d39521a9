namespace Sluice.Evals.Checking;

/// <summary>Whether there is a model to judge where a case has a judge.</summary>
internal static class JudgeRules
{
    public static void Check(IReadOnlyList<TestCase> cases, EvalConfig config, IAgentRuntime runtime, EvalProblems problems)
    {
        // A judge of what is not scored is never asked.
        if (!ScorerPreset.For(config).Weights.ContainsKey(EvalComponent.FinalResponse) || cases.FirstOrDefault(HasJudge) is not { } judged) return;
        if (string.IsNullOrWhiteSpace(config.Model))
        {
            problems.Add(
                EvalErrorCodes.NoJudge, "config.model",
                $"Case \"{judged.Id}\" has a judge, and no model is named that judges. Name one, best of another family than the agents'.");
            return;
        }

        var providers = runtime.Spec.Providers.Keys.ToArray();
        if (config.Provider is { } provider && !providers.Contains(provider, StringComparer.Ordinal))
        {
            problems.RequireKnown(provider, providers, SpecErrorCodes.UnknownProvider, "config.provider", "There is no provider", "the providers are");
            return;
        }

        try
        {
            // The runtime keeps the client for the judge, and disposes it.
            runtime.GetChatClient(new() { Id = config.Model, Provider = config.Provider });
        }
        catch (SpecValidationException exception)
        {
            foreach (var error in exception.Errors) problems.Add(error.Code, "config.model", error.Message);
        }
    }

    private static bool HasJudge(TestCase testCase) => testCase.FinalResponse?.Scorers.Any(scorer => scorer is JudgeScorer) ?? false;
}
