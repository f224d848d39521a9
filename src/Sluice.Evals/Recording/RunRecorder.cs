using System.Text.Json;

namespace Sluice.Evals.Recording;

/// <summary>Makes of a run what scorers look at: its journal, its plans, and what its handles stand for.</summary>
internal sealed class RunRecorder(IAgentRuntime runtime, ReferenceProjection projection)
{
    private readonly ReferenceProjector _references = new(runtime, projection);
    private readonly Dictionary<string, StoredPlan> _plans = new(StringComparer.Ordinal);

    /// <summary>Reads a run; null when there is none, or it never began.</summary>
    /// <exception cref="SluiceException">A plan of the run is gone, or another run has changed it since.</exception>
    public async Task<RecordedRun?> ReadAsync(string runId, CancellationToken cancellationToken)
    {
        var reading = new RunReading();
        await foreach (var entry in runtime.JournalAsync(runId, cancellationToken: cancellationToken).ConfigureAwait(false)) reading.Add(entry);
        if (!reading.HasStarted) return null;
        return new()
        {
            Reading = reading,
            StartedAt = reading.StartedAt,
            LatencyMs = reading.LatencyMs,
            HasEnded = reading.Ended is not null,
            FinishReason = reading.Ended?.FinishReason,
            Limit = reading.Ended?.Limit,
            Error = reading.Ended?.Error,
            AgentFailures = reading.AgentFailures,
            ModelInvocations = reading.Invocations,
            Usage = reading.Usage,
            CostUsd = reading.CostUsd,
            Output = new()
            {
                Trajectory = reading.Calls,
                PlannedActions = await PlannedAsync(reading, cancellationToken).ConfigureAwait(false),
                ExecutedActions = await ExecutedAsync(reading, cancellationToken).ConfigureAwait(false),
                Response = reading.Response,
            },
        };
    }

    /// <summary>Reads a run that has ended.</summary>
    /// <exception cref="SluiceException">There is none, it has not ended, or as for <see cref="ReadAsync"/>.</exception>
    public async Task<RecordedRun> ReadEndedAsync(string runId, CancellationToken cancellationToken)
    {
        var run = await ReadAsync(runId, cancellationToken).ConfigureAwait(false)
            ?? throw new SluiceException(ErrorCodes.RunNotFound, $"There is no run '{runId}'.");
        return run.HasEnded ? run : throw new SluiceException(ErrorCodes.RunActive, $"Run '{runId}' has not ended. What came of it can be told when it has.");
    }

    private async ValueTask<IReadOnlyList<EvalAction>> PlannedAsync(RunReading reading, CancellationToken cancellationToken)
    {
        if (reading.StoredPlan is not { } planId) return [];
        var plan = await PlanAsync(reading, planId, cancellationToken).ConfigureAwait(false);
        return await ToActionsAsync(plan.Actions, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<IReadOnlyList<EvalAction>> ExecutedAsync(RunReading reading, CancellationToken cancellationToken)
    {
        var executed = new List<PlanAction>();
        foreach (var (planId, index) in reading.Executed)
        {
            var plan = await PlanAsync(reading, planId, cancellationToken).ConfigureAwait(false);
            if (index < 0) executed.AddRange(plan.Actions);
            else executed.Add(plan.Actions[index]);
        }

        return await ToActionsAsync(executed, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A plan as the run left it. Runs that share a store can name the same plan: what another one made of it says nothing of this run.</summary>
    private async ValueTask<StoredPlan> PlanAsync(RunReading reading, string planId, CancellationToken cancellationToken)
    {
        if (_plans.TryGetValue(planId, out var known)) return known;
        var plan = await runtime.GetPlanAsync(planId, cancellationToken).ConfigureAwait(false)
            ?? throw new SluiceException(ErrorCodes.PlanNotFound, $"Plan '{planId}', which the run changed, is no longer stored.");
        if (reading.PlanHashes.TryGetValue(planId, out var hash) && hash != plan.ContentHash)
        {
            throw new SluiceException(
                ErrorCodes.PlanStatusConflict,
                $"Plan '{planId}' was changed by another run after this one, so its actions cannot be told. Let the runtime choose the ids of plans, or give each sample its own data.");
        }

        return _plans[planId] = plan;
    }

    private async ValueTask<IReadOnlyList<EvalAction>> ToActionsAsync(IReadOnlyList<PlanAction> actions, CancellationToken cancellationToken)
    {
        if (actions.Count == 0) return [];
        var result = new EvalAction[actions.Count];
        for (var index = 0; index < actions.Count; index++)
        {
            var action = actions[index];
            result[index] = new()
            {
                Kind = action.Kind,
                Payload = await _references.ProjectAsync(PayloadOf(action), cancellationToken).ConfigureAwait(false),
            };
        }

        return result;
    }

    /// <summary>The action's members as its author wrote them, <c>references</c> included.</summary>
    private static JsonElement PayloadOf(PlanAction action) =>
        action.References.Count == 0 ? action.Payload : WrittenJson.Of(writer =>
        {
            writer.WriteStartObject();
            foreach (var member in action.Payload.EnumerateObject()) member.WriteTo(writer);
            writer.WritePropertyName("references");
            JsonSerializer.Serialize(writer, action.References, Json.SluiceJson.Options);
            writer.WriteEndObject();
        });
}
