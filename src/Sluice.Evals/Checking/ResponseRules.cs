using System.Text.Json;

namespace Sluice.Evals.Checking;

internal static class ResponseRules
{
    public static void Check(FinalResponse response, string path, EvalProblems problems)
    {
        problems.RequireShare(response.PassThreshold, $"{path}.passThreshold");
        if (response.Scorers.Count == 0) problems.Add(EvalErrorCodes.NothingExpected, $"{path}.scorers", "There is no scorer. Add one, or leave \"finalResponse\" out.");
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < response.Scorers.Count; i++)
        {
            var (scorer, place) = (response.Scorers[i], $"{path}.scorers[{i}]");
            problems.RequireText(scorer.Id, $"{place}.id", "The scorer's id");
            if (!ids.Add(scorer.Id)) problems.Add(EvalErrorCodes.DuplicateScorer, $"{place}.id", $"Another scorer of the case is called \"{scorer.Id}\". Rename one.");
            problems.RequireWeight(scorer.Weight, $"{place}.weight", isZeroAllowed: false);
            Check(scorer, place, problems);
        }
    }

    private static void Check(ResponseScorer scorer, string path, EvalProblems problems)
    {
        switch (scorer)
        {
            case ContainsScorer { Text.Length: 0 }:
                problems.Add(SpecErrorCodes.InvalidValue, $"{path}.text", "Every answer has the empty text in it. Give a text.");
                break;
            case RegexScorer regex:
                PatternRules.Check(regex.Pattern, regex.IgnoreCase, $"{path}.pattern", problems);
                break;
            case ResultSetScorer rows:
                problems.RequireText(rows.Tool, $"{path}.tool", "The tool's name");
                problems.RequireShare(rows.Tolerance, $"{path}.tolerance");
                CheckRows(rows.Rows, $"{path}.rows", problems);
                break;
            case JudgeScorer judge:
                problems.RequireText(judge.Criteria, $"{path}.criteria", "What the judge is to look for");
                problems.RequireWithin(judge.Repeats, 1, 9, $"{path}.repeats");
                break;
        }
    }

    private static void CheckRows(JsonElement rows, string path, EvalProblems problems)
    {
        if (rows.ValueKind != JsonValueKind.Array || !rows.EnumerateArray().All(IsRow))
            problems.Add(SpecErrorCodes.WrongType, path, "Rows are a list of lists of texts, numbers, true, false and null.");
        else if (rows.EnumerateArray().Select(row => row.GetArrayLength()).Distinct().Count() > 1)
            problems.Add(SpecErrorCodes.InvalidValue, path, "The rows have different numbers of columns. Give each as many.");
    }

    private static bool IsRow(JsonElement row) =>
        row.ValueKind == JsonValueKind.Array && row.EnumerateArray().All(cell => cell.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array));
}
