using System.Text.Json;
using Sluice.Journal;
using Sluice.Json;
using Sluice.Runtime.Tools;

namespace Sluice.Runtime.Approvals;

/// <summary>Reads what a person said became of an effect.</summary>
internal static class InDoubtAnswers
{
    private static readonly string[] Members = ["entitiesAffected", "summary", "details"];

    /// <summary>What counts as the result of an action that was marked as done.</summary>
    public static ActionResult ToActionResult(ApprovalDecidedData verdict) => verdict.Partial is { } told
        ? ReadResult(told)
        : new() { EntitiesAffected = 0, Summary = $"Marked as done by {Who(verdict)}{Words(verdict)}." };

    /// <summary>The error of an action or call that was marked as failed.</summary>
    public static ErrorInfo ToError(string name, ApprovalDecidedData verdict) => new()
    {
        Code = ErrorCodes.MarkedFailed,
        Message = $"{name} was marked as failed by {Who(verdict)}{Words(verdict)}. The process had stopped before its outcome was known; it was not repeated.",
    };

    /// <summary>What the model gets for a call that was marked as done or as failed.</summary>
    public static ToolOutcome ToToolOutcome(string name, ApprovalDecidedData verdict)
    {
        if (verdict.Outcome == ApprovalOutcome.MarkFailed) return ToolOutcome.Failed(ToError(name, verdict));
        return verdict.Partial is { } told
            ? ToolOutcome.Of(told)
            : ToolOutcome.Of(new
            {
                status = "marked_done",
                message = $"{name} was marked as done by {Who(verdict)}{Words(verdict)}. The process had stopped before its result was known; it was not repeated.",
                verdict.DecidedBy,
                verdict.Feedback,
            });
    }

    /// <summary>Reads an object as the result of an action.</summary>
    /// <exception cref="SluiceException"><c>invalid_decision</c>: it is none, and why.</exception>
    public static ActionResult ReadResult(JsonElement partial)
    {
        foreach (var member in partial.EnumerateObject())
        {
            if (!Members.Contains(member.Name, StringComparer.Ordinal))
                throw Invalid($"It has a member '{member.Name}'.");
        }

        if (!partial.TryGetProperty("entitiesAffected", out var affected) || affected.ValueKind != JsonValueKind.Number
            || !affected.TryGetInt64(out var count) || count < 0)
            throw Invalid("'entitiesAffected' must be a whole number, 0 or more.");
        if (partial.TryGetProperty("summary", out var summary) && summary.ValueKind is not (JsonValueKind.String or JsonValueKind.Null))
            throw Invalid("'summary' must be a text.");
        return partial.Deserialize<ActionResult>(SluiceJson.Options)!;
    }

    private static string Who(ApprovalDecidedData verdict) =>
        string.IsNullOrWhiteSpace(verdict.DecidedBy) ? "somebody unnamed" : verdict.DecidedBy;

    private static string Words(ApprovalDecidedData verdict) =>
        string.IsNullOrWhiteSpace(verdict.Feedback) ? "" : $": {verdict.Feedback.TrimEnd('.')}";

    private static SluiceException Invalid(string why) => new(
        ErrorCodes.InvalidDecision, $"'partial' is no result of an action: {{entitiesAffected, summary?, details?}}. {why}");
}
