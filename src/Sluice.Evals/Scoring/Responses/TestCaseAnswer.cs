using System.Text.Json;
using Sluice.Evals.Datasets;
using Sluice.StructuredOutput;

namespace Sluice.Evals.Scoring.Responses;

/// <summary>
/// Scores the answer of an agent that writes test cases: it has to be one as datasets have them, with an id, an input and something that is
/// expected.
/// </summary>
internal static class TestCaseAnswer
{
    public const string ScorerId = "test_case";

    public static ScorerResult Score(string? response)
    {
        var problem = FindProblem(response);
        return new() { Id = ScorerId, Status = ScoreStatus.Scored, Score = problem is null ? 1 : 0, Weight = 1, Reason = problem };
    }

    private static string? FindProblem(string? response)
    {
        if (response is null) return "There is no final answer.";
        try
        {
            var answer = AnswerJson.Read(response);
            if (answer.ValueKind != JsonValueKind.Object) return "The answer is no test case: it is no JSON object.";
            var written = DatasetReader.Parse($"[{answer.GetRawText()}]", isYaml: false, "answer").Cases[0];
            if (string.IsNullOrWhiteSpace(written.Id)) return "The test case has no id.";
            if (string.IsNullOrWhiteSpace(written.Input)) return "The test case has no input.";
            if (ScorerPreset.Sequential.IsAuthored(written)) return null;
            return "The test case expects nothing: no trajectory, no actions, no final response.";
        }
        catch (JsonException exception)
        {
            return $"The answer is no test case: {exception.Message}";
        }
        catch (SpecValidationException exception)
        {
            return $"The answer is no test case: {string.Join("; ", exception.Errors)}";
        }
    }
}
