using System.Globalization;
using System.Text.Json;
using Sluice.Cli.Approvals;
using Sluice.Cli.Output;

namespace Sluice.Cli.Run;

/// <summary>What happens in a run, in a line each.</summary>
internal static class RunWords
{
    private const int MostCharacters = 160;

    /// <summary>The line of an event; null: it has none.</summary>
    public static string? Of(RuntimeEvent happened) => happened switch
    {
        RunStartEvent => $"Run {happened.RunId} on thread {happened.ThreadId}.",
        ToolInvocationEvent { State: InvocationState.Call } call => $"{happened.Agent}: {call.ToolName} {Short(call.Args)}",
        ToolInvocationEvent { Error: { } error } call => $"{happened.Agent}: {call.ToolName} failed: {error.Message} ({error.Code})",
        ToolInvocationEvent call => string.Create(CultureInfo.InvariantCulture, $"{happened.Agent}: {call.ToolName} done in {call.DurationMs ?? 0} ms"),
        ApprovalDecisionEvent decision => $"Request {decision.Id}: {OutcomeName.Of(decision.Outcome)}{(decision.DecidedBy is { } who ? $" by {who}" : "")}.",
        RetryEvent => $"{happened.Agent}: the model did not answer; it is asked again.",
        _ => null,
    };

    /// <summary>The last line of a run.</summary>
    public static string Of(FinishEvent finish, decimal? costUsd)
    {
        var cost = costUsd is { } known ? string.Create(CultureInfo.InvariantCulture, $", ${known:0.00##}") : "";
        return string.Create(
            CultureInfo.InvariantCulture, $"Run {finish.RunId}: {WireName.Of(finish.FinishReason)}; {finish.Usage.InputTokens:N0} tokens in, {finish.Usage.OutputTokens:N0} out{cost}.");
    }

    private static string Short(JsonElement? arguments) =>
        arguments?.GetRawText() is not { } text ? "" : text.Length > MostCharacters ? $"{text[..MostCharacters]}…" : text;
}
