using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Inventory;

/// <summary>
/// What a model would answer to prompts as people write them: the job's request, a question, and what the agents ask of each other. What was
/// decided meanwhile is in the results of the calls, so that a plan which is sent back is revised.
/// </summary>
internal sealed partial class PromptScripts(Policies policies)
{
    private const int MostRounds = 5;
    private const string Boots = "How many winter boots were sold in each month of the last year?";

    /// <summary>What is offered to people.</summary>
    public static IReadOnlyList<OfferedPrompt> Offered { get; } =
    [
        new("Make room at the end of June", JobScript.Request(20)),
        new("Ask for more than the policies allow", JobScript.Request(60)),
        new("Winter boots by month", Boots),
    ];

    /// <summary>The script for a prompt, as far as the results go; null: the prompt is a script itself.</summary>
    public Script? Find(string prompt, IReadOnlyList<JsonElement> results) => prompt switch
    {
        _ when prompt.StartsWith('{') => null,
        _ when PlanRequest().Match(prompt) is { Success: true } match => Plan(Percent(match), results),
        _ when ReviseRequest().Match(prompt) is { Success: true } match => Revise(match.Groups["plan"].Value, match.Groups["feedback"].Value, results),
        _ when ExecuteRequest().Match(prompt) is { Success: true } match => Execute(match.Groups["plan"].Value, results),
        _ when JobRequest().Match(prompt) is { Success: true } match => Coordinate(prompt, results),
        $"Answer: {Boots}" => Answer(results),
        Boots => Coordinate(results),
        _ => Script.Of(Script.Text($"No model answers here, only a script, and it knows these requests:\n\n{string.Join('\n', Offered.Select(offered => $"- {offered.Prompt}"))}")),
    };

    /// <summary>The coordinator: plan, execute, and again after feedback, until the plan is decided.</summary>
    private static Script Coordinate(string request, IReadOnlyList<JsonElement> results)
    {
        List<ScriptTurn> turns = [Call(Agents.Planner, $"Plan this: {request}")];
        if (results.Count == 0) return Script.Of(turns);
        if (PlanName().Match(Text(results[0])) is not { Success: true } plan) return Script.Of([.. turns, Script.Text("The planner could not store a plan.")]);
        turns.Add(Call(Agents.Executor, $"Execute {plan.Value}."));
        for (var round = 1; round < results.Count; round += 2)
        {
            var said = Text(results[round]);
            if (SentBack().Match(said) is not { Success: true } feedback || round > 2 * MostRounds) return Script.Of([.. turns, Script.Text(said)]);
            turns.Add(Call(Agents.Planner, $"Revise {plan.Value}. Feedback: {feedback.Groups["feedback"].Value}"));
            if (results.Count > round + 1) turns.Add(Call(Agents.Executor, $"Execute {plan.Value}."));
        }

        return Script.Of(turns);
    }

    private static Script Coordinate(IReadOnlyList<JsonElement> results) => results.Count == 0
        ? Script.Of(Call(Agents.Analyst, $"Answer: {Boots}"))
        : Script.Of(Call(Agents.Analyst, $"Answer: {Boots}"), Script.Text(Text(results[0])));

    private Script Plan(decimal percent, IReadOnlyList<JsonElement> results)
    {
        var turns = JobScript.PlannerTurns(planId: null, percent, policies);
        return Script.Of(StoredPlan(results) is { } plan ? [.. turns, Script.Text($"{plan} is stored as a draft. It names the products by handle only.")] : turns);
    }

    private static Script Revise(string planId, string feedback, IReadOnlyList<JsonElement> results)
    {
        if (results.Count == 0) return Script.Of(Script.Call(BuiltInTools.GetPlan, new { planId }));
        var now = results[0].GetProperty("body").GetProperty("actions")[2].GetProperty("percent").GetDecimal();
        var wanted = Number().Match(feedback) is { Success: true } named ? decimal.Parse(named.Value, CultureInfo.InvariantCulture) : now / 2;
        var turns = JobScript.RevisionTurns(planId, feedback, Math.Clamp(wanted, 1, now));
        return Script.Of(StoredPlan(results) is { } plan ? [.. turns, Script.Text($"{plan} has a new version with a smaller markdown.")] : turns);
    }

    private static Script Execute(string planId, IReadOnlyList<JsonElement> results)
    {
        var turns = JobScript.ExecutorTurns(planId);
        return Script.Of(results is [_, var outcome, ..] ? [.. turns, Script.Text(Tell(planId, outcome))] : turns);
    }

    private static Script Answer(IReadOnlyList<JsonElement> results)
    {
        var query = JobScript.BootsByMonth();
        if (results.Count == 0) return Script.Of(query);
        var rows = results[0].GetProperty("untrustedData").GetProperty("rows").EnumerateArray().Select(row => (Month: row[0].GetString(), Units: row[1].GetInt64())).ToList();
        var table = string.Join('\n', rows.Select(row => $"| {row.Month} | {row.Units} |"));
        return Script.Of(query, Script.Text($"{rows.Sum(row => row.Units)} winter boots were sold in {rows.Count} months.\n\n| Month | Units |\n| --- | ---: |\n{table}"));
    }

    private static string Tell(string planId, JsonElement outcome)
    {
        var feedback = Member(outcome, "feedback");
        return Member(outcome, "status") switch
        {
            "executed" => $"Plan {planId} is executed: {outcome.GetProperty("entitiesAffected").GetInt64()} changes.",
            "rejected" => $"Plan {planId} was rejected{(feedback.Length == 0 ? "" : $": {feedback}")}. Nothing was changed.",
            "revise" => $"Plan {planId} was sent back. Feedback: {(feedback.Length == 0 ? "less" : feedback)}",
            "failed" => $"Plan {planId} failed, and what it had changed was taken back. {Member(outcome.GetProperty("error"), "message")}",
            _ => $"Plan {planId} was not carried out: {outcome.GetRawText()}",
        };
    }

    private static ScriptTurn Call(string agent, string prompt) => Script.Call(BuiltInTools.CallAgent, new { agent, prompt });

    /// <summary>The plan that the last call stored; null: it was another call, or refused.</summary>
    private static string? StoredPlan(IReadOnlyList<JsonElement> results) =>
        results is [.., var last] && Member(last, "contentHash").Length > 0 && Member(last, "status") == "draft" && !last.TryGetProperty("body", out _)
            ? $"Plan {Member(last, "planId")}"
            : null;

    private static string Member(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString()! : "";

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private static decimal Percent(Match match) => decimal.Parse(match.Groups["percent"].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^It is the end of June .* down by (?<percent>\d{1,2}(?:\.\d{1,2})?) %,", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex JobRequest();

    [GeneratedRegex(@"^Plan this: It is the end of June .* down by (?<percent>\d{1,2}(?:\.\d{1,2})?) %,", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PlanRequest();

    [GeneratedRegex(@"^Revise Plan (?<plan>\S+)\. Feedback: (?<feedback>.*)$", RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ReviseRequest();

    [GeneratedRegex(@"^Execute Plan (?<plan>\S+)\.$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ExecuteRequest();

    [GeneratedRegex(@"^Plan \S+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PlanName();

    [GeneratedRegex(@"was sent back\. Feedback: (?<feedback>.*)$", RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SentBack();

    [GeneratedRegex(@"\d{1,2}(?:\.\d{1,2})?", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();
}
