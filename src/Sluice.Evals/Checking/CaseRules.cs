using System.Text.Json;

namespace Sluice.Evals.Checking;

internal static class CaseRules
{
    private const int MaxIdLength = 200;

    public static void CheckIds(IReadOnlyList<TestCase> cases, EvalProblems problems)
    {
        var first = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < cases.Count; i++)
        {
            var (id, path) = (cases[i].Id, $"cases[{i}].id");
            problems.RequireText(id, path, "The case's id");
            if (id.Length > MaxIdLength) problems.Add(EvalErrorCodes.OutOfRange, path, $"The id has {id.Length} characters. Give at most {MaxIdLength}.");
            if (!first.TryAdd(id, i)) problems.Add(EvalErrorCodes.DuplicateCase, path, $"The id \"{id}\" is that of cases[{first[id]}] already. Rename one.");
        }
    }

    public static void Check(TestCase testCase, EvalConfig config, bool useScripts, string path, EvalProblems problems)
    {
        if (testCase.RepeatThreshold is { } threshold) problems.RequireShare(threshold, $"{path}.repeatThreshold", isZeroAllowed: false);
        RequireObject(testCase.Context, $"{path}.context", problems);
        RequireObject(testCase.Script, $"{path}.script", problems);
        if (useScripts && testCase.Script is null && !IsScript(testCase.Input))
            problems.Add(EvalErrorCodes.MissingScript, path, "Scripts answer instead of a model, and the case has none. Give it a \"script\", or run it with a model.");
        TrajectoryRules.Check(testCase.ExpectedTrajectory ?? [], $"{path}.expectedTrajectory", problems);
        CheckActions(testCase.ExpectedActions?.Planned ?? [], $"{path}.expectedActions.planned", problems);
        CheckActions(testCase.ExpectedActions?.Executed ?? [], $"{path}.expectedActions.executed", problems);
        if (testCase.FinalResponse is { } response) ResponseRules.Check(response, $"{path}.finalResponse", problems);
        ExpectationRules.Check(testCase, config, path, problems);
    }

    private static void CheckActions(IReadOnlyList<EvalAction> actions, string path, EvalProblems problems)
    {
        for (var i = 0; i < actions.Count; i++)
        {
            problems.RequireText(actions[i].Kind, $"{path}[{i}].kind", "The action's kind");
            RequireObject(actions[i].Payload, $"{path}[{i}].payload", problems);
        }
    }

    private static void RequireObject(JsonElement? value, string path, EvalProblems problems)
    {
        if (value is { ValueKind: not JsonValueKind.Object }) problems.Add(SpecErrorCodes.WrongType, path, "The value is to be a JSON object.");
    }

    private static bool IsScript(string input) => input.AsSpan().TrimStart() is ['{', ..];
}
