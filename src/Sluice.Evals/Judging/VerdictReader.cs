using System.Text.Json;
using Sluice.JsonSchemas;

namespace Sluice.Evals.Judging;

/// <summary>The form of a verdict, and what is read from one that has it.</summary>
internal static class VerdictReader
{
    private const string Passed = "passed";
    private const string SelectedRubricScore = "selectedRubricScore";

    /// <summary>The reason stands first: a model that writes it first decides by it, one that writes it last excuses what it decided.</summary>
    public static JsonElement Schema { get; } = JsonElement.Parse("""
        {
          "type": "object",
          "properties": {
            "reason": { "type": "string", "description": "Why, in one or two sentences." },
            "passed": { "type": "boolean", "description": "Whether the answer passes." },
            "selectedRubricScore": { "type": "integer", "enum": [0, 1], "description": "1 when the answer passes, else 0." }
          },
          "required": ["reason", "passed", "selectedRubricScore"],
          "additionalProperties": false
        }
        """);

    /// <summary>Whether an answer had the form of a verdict, with values that were not offered.</summary>
    public static bool AreOffMenu(IReadOnlyList<JsonSchemaViolation> violations) =>
        violations.Count > 0 && violations.All(violation => violation.InstancePath is $"/{Passed}" or $"/{SelectedRubricScore}");

    /// <summary>Reads an answer that matches the schema.</summary>
    public static JudgeVerdict Read(JsonElement answer)
    {
        var passed = answer.GetProperty(Passed).GetBoolean();
        // The schema lets 1.0 pass for 1.
        var score = (int)answer.GetProperty(SelectedRubricScore).GetDouble();
        var reason = answer.GetProperty("reason").GetString()!;
        return passed == (score == 1)
            ? new() { Status = ScoreStatus.Scored, Passed = passed, SelectedRubricScore = score, Reason = reason }
            : NoVerdict.Of(ScoreStatus.OffMenu, "contradiction", $"The judge says passed: {passed} and a score of {score}, which exclude each other. It says: {reason}");
    }
}
