using System.Text.Json;
using Sluice.Runtime.Approvals;
using Sluice.Runtime.Runs;
using Sluice.Runtime.Tools;

namespace Sluice.Runtime.Plans;

/// <summary>Applies an approved plan: action by action through typed handlers, or as a whole through a dispatcher. Each is claimed before and recorded after.</summary>
internal sealed class PlanDispatch(RuntimeSpec spec, IServiceProvider services, IActionDispatcher? dispatcher, InDoubtGate doubts)
{
    private const int WholePlan = -1;
    private static readonly PlanAction AllActions = new() { Kind = "", Payload = JsonElement.Parse("{}") };

    /// <summary>Why a plan cannot be applied, as a sentence; null when it can.</summary>
    public string? FindObstacle(StoredPlan plan)
    {
        if (dispatcher is null) return "This runtime has no action dispatcher, so plans cannot be executed.";
        if (dispatcher is not ActionHandlers handlers) return null;
        var unhandled = plan.Actions.Index().FirstOrDefault(pair => handlers.Find(plan.SpecName, pair.Item.Kind) is null);
        return unhandled.Item is { } action
            ? $"Action {unhandled.Index} of plan '{plan.PlanId}' is '{action.Kind}', which has no handler."
            : null;
    }

    public ValueTask<ActionResult?> ApplyAsync(ToolCall call, StoredPlan plan, IReadOnlyDictionary<ReferenceHandle, JsonElement> values) =>
        dispatcher is ActionHandlers handlers
            ? ApplyEachAsync(handlers, call, plan, values)
            : ApplyWholeAsync(call, plan, values);

    private async ValueTask<ActionResult?> ApplyWholeAsync(
        ToolCall call, StoredPlan plan, IReadOnlyDictionary<ReferenceHandle, JsonElement> values)
    {
        var whole = new ActionHandler { Handle = (_, context) => dispatcher!.DispatchAsync(plan.Actions, context) };
        return await Step(call, plan, WholePlan, AllActions, whole, values).RunAsync().ConfigureAwait(false);
    }

    private async ValueTask<ActionResult?> ApplyEachAsync(
        ActionHandlers handlers, ToolCall call, StoredPlan plan, IReadOnlyDictionary<ReferenceHandle, JsonElement> values)
    {
        // An edited plan may have kinds that the asked one had not: nothing may happen before all of it can.
        if (FindObstacle(plan) is { } obstacle) throw new SluiceException(ErrorCodes.NoDispatcher, obstacle);
        var total = 0L;
        var summaries = new List<string>();
        for (var index = 0; index < plan.Actions.Count; index++)
        {
            var action = plan.Actions[index];
            call.Frame.Run.CancellationToken.ThrowIfCancellationRequested();
            var handler = handlers.Find(plan.SpecName, action.Kind)!;
            try
            {
                var result = await Step(call, plan, index, action, handler, values).RunAsync().ConfigureAwait(false);
                // A sum beyond the largest number says no more than that number.
                total += Math.Min(result?.EntitiesAffected ?? 0, long.MaxValue - total);
                if (result?.Summary is { } summary) summaries.Add(summary);
            }
            catch (SluiceException exception)
                when (exception is not RunFaultException && !StoreFailure.Is(exception) && IsCompensated(plan) && call.Frame.Run.Stop == StopRequest.None)
            {
                await CompensateAsync(handlers, call, plan, index, values).ConfigureAwait(false);
                throw;
            }
        }

        return new() { EntitiesAffected = total, Summary = summaries.Count == 0 ? null : string.Join(' ', summaries) };
    }

    /// <summary>Undoes, in reverse order, the actions before the one that failed.</summary>
    private async ValueTask CompensateAsync(
        ActionHandlers handlers, ToolCall call, StoredPlan plan, int failed, IReadOnlyDictionary<ReferenceHandle, JsonElement> values)
    {
        for (var index = failed - 1; index >= 0; index--)
        {
            var action = plan.Actions[index];
            if (handlers.Find(plan.SpecName, action.Kind) is { Compensate: { } compensate } handler)
                await Step(call, plan, index, action, handler, values).CompensateAsync(compensate).ConfigureAwait(false);
        }
    }

    private ActionStep Step(
        ToolCall call, StoredPlan plan, int index, PlanAction action, ActionHandler handler,
        IReadOnlyDictionary<ReferenceHandle, JsonElement> values)
    {
        var run = call.Frame.Run;
        var context = new PlanDispatchContext(spec.Tenant, services, plan, run.RunId, index, values, run.CancellationToken);
        return new(call, plan, index, action, handler, context, doubts);
    }

    private bool IsCompensated(StoredPlan plan) => spec.Plans.First(candidate => candidate.Name == plan.SpecName).CompensateOnFailure;
}
