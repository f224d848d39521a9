using System.Text.Json;

namespace Sluice.Evals.Checking;

internal static class TrajectoryRules
{
    public static void Check(IReadOnlyList<ExpectedCall> calls, string path, EvalProblems problems)
    {
        for (var i = 0; i < calls.Count; i++) Check(calls[i], $"{path}[{i}]", problems);
    }

    private static void Check(ExpectedCall call, string path, EvalProblems problems)
    {
        problems.RequireText(call.Name, $"{path}.name", "The tool's name");
        if (call.Arguments is { ValueKind: not JsonValueKind.Object })
        {
            problems.Add(SpecErrorCodes.WrongType, $"{path}.arguments", "Arguments are a JSON object.");
            return;
        }

        if (call.Arguments is null && call.ArgumentMatch is not (ArgumentMatch.Exact or ArgumentMatch.Ignore))
            Refuse($"{path}.argumentMatch", $"Arguments are compared by {EvalNames.Of(call.ArgumentMatch)}, and none are given. Add \"arguments\", or ignore them.", problems);
        if (call.Paths.Count > 0 != (call.ArgumentMatch == ArgumentMatch.Paths))
            Refuse($"{path}.paths", "\"paths\" names what is compared where \"argumentMatch\" is paths, and only there. Give both or neither.", problems);
        if (call.Arguments is not { } arguments) return;
        foreach (var member in arguments.EnumerateObject()) CheckMember(call.ArgumentMatch, member, $"{path}.arguments.{member.Name}", problems);
    }

    private static void CheckMember(ArgumentMatch match, JsonProperty member, string path, EvalProblems problems)
    {
        switch (match)
        {
            case ArgumentMatch.Pattern when member.Value.ValueKind == JsonValueKind.String:
                PatternRules.Check(member.Value.GetString()!, ignoreCase: false, path, problems);
                break;
            case ArgumentMatch.Pattern:
                Refuse(path, "A pattern is a text. Write the regular expression in quotes.", problems);
                break;
            case ArgumentMatch.Range when !IsRange(member.Value):
                Refuse(path, "A range is {\"min\": number, \"max\": number}, of which one may be left out, with min not above max.", problems);
                break;
        }
    }

    private static bool IsRange(JsonElement range)
    {
        if (range.ValueKind != JsonValueKind.Object || !range.EnumerateObject().Any()) return false;
        if (range.EnumerateObject().Any(end => end.Name is not ("min" or "max") || end.Value.ValueKind != JsonValueKind.Number)) return false;
        return !range.TryGetProperty("min", out var least) || !range.TryGetProperty("max", out var most) || least.GetDouble() <= most.GetDouble();
    }

    private static void Refuse(string path, string message, EvalProblems problems) => problems.Add(EvalErrorCodes.InvalidArgumentMatch, path, message);
}
