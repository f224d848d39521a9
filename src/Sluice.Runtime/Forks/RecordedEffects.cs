using System.Text.Json;
using Sluice.Journal;
using Sluice.Json;
using Sluice.Runtime.Runs;
using Sluice.Runtime.Tools;
using Sluice.Storage;

namespace Sluice.Runtime.Forks;

/// <summary>Answers a fork's calls that would have an effect from what the original, or the one before it, recorded for the same call.</summary>
internal sealed class RecordedEffects(IJournalStore journal, TenantSpec tenant)
{
    /// <summary>The type of the event which records that a result was not got but recalled.</summary>
    public const string Recalled = "sluice.effect_recalled";

    /// <summary>Whether a run must not have effects.</summary>
    public static bool Answers(ActiveRun run) => run.Journal.ForkedFrom is { Effects: ForkEffects.FromRecord };

    /// <summary>The outcome of a call; an error when no run before the fork recorded it.</summary>
    public async ValueTask<ToolOutcome> FindAsync(ToolCall call)
    {
        var run = call.Frame.Run;
        var (name, arguments) = (call.Part.Name, TryCanonical(call.Arguments));
        for (var origin = run.Journal.ForkedFrom; origin is not null && arguments is not null;)
        {
            var record = await ReadAsync(origin.RunId, call.Key, name, arguments, run.CancellationToken).ConfigureAwait(false);
            if (record.Match is { } match)
            {
                var from = JsonSerializer.SerializeToElement(new { tool = name, runId = origin.RunId, sequence = match.Sequence }, SluiceJson.Options);
                await run.Journal.EmitAsync(call.Key, call.Frame.Agent.Name, new CustomEvent { EventType = Recalled, Data = from }).ConfigureAwait(false);
                return match.Outcome;
            }

            origin = record.ForkedFrom;
        }

        return NotRecorded(call);
    }

    public static ToolOutcome NotRecorded(ToolCall call) => ToolOutcome.Failed(
        ErrorCodes.EffectNotRecorded,
        $"This run is a fork and has no effects of its own, and the original did not record this call of '{call.Part.Name}'. It was not run; nothing has changed.");

    /// <summary>The first recorded outcome of the same call; the one of the same step where there is one.</summary>
    private async ValueTask<(Recording? Match, ForkOrigin? ForkedFrom)> ReadAsync(
        string runId, string key, string name, string arguments, CancellationToken cancellationToken)
    {
        var (calls, recalled) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        (Recording? match, ForkOrigin? origin) = (null, null);
        await foreach (var entry in journal.ReadAsync(tenant, runId, 0, cancellationToken).ConfigureAwait(false))
        {
            switch (entry.Kind)
            {
                case JournalEntryKind.RunStarted:
                    origin = ((RunStartedData)entry.ReadData()).ForkedFrom;
                    break;
                case JournalEntryKind.TurnCompleted:
                    foreach (var part in ((TurnCompletedData)entry.ReadData()).Parts.OfType<ToolCallPart>())
                    {
                        if (part.Name == name && TryCanonical(part.Arguments) == arguments) calls.Add(StepKey.Call(entry.Key, part.Id));
                    }

                    break;
                case JournalEntryKind.EventEmitted when calls.Contains(entry.Key):
                    if (((EventEmittedData)entry.ReadData()).Events.Any(told => told is CustomEvent { EventType: Recalled })) recalled.Add(entry.Key);
                    break;
                case JournalEntryKind.ToolCompleted when calls.Contains(entry.Key) && (match is null || entry.Key == key):
                    var completed = (ToolCompletedData)entry.ReadData();
                    if (HasRun(completed) || recalled.Contains(entry.Key)) match = new(entry.Sequence, ToOutcome(completed));
                    break;
            }
        }

        return (match, origin);
    }

    /// <summary>Whether a call came to an effect: one that was refused at its gate did not, and a plan that was not approved neither.</summary>
    private static bool HasRun(ToolCompletedData completed) =>
        completed.DurationMs is not null
        && (completed.ToolName != BuiltInTools.ExecutePlan
            || (completed.Result is { ValueKind: JsonValueKind.Object } result && result.TryGetProperty("status", out var status)
                && status.GetString() is "executed" or "failed"));

    private static ToolOutcome ToOutcome(ToolCompletedData completed) =>
        completed.Error is { } error ? ToolOutcome.Failed(error) : ToolOutcome.Of(completed.Result!.Value);

    private static string? TryCanonical(JsonElement arguments)
    {
        try
        {
            return arguments.ValueKind == JsonValueKind.Undefined ? null : CanonicalJson.ToText(arguments);
        }
        catch (JsonException)
        {
            // Two texts without a canonical form cannot be said to be the same.
            return null;
        }
    }

    private sealed record Recording(long Sequence, ToolOutcome Outcome);
}
