using System.Text.Json;
using Sluice.Journal;
using Sluice.Runtime.Tools;

namespace Sluice.Runtime.Plans;

/// <summary>Applies an approved plan: action by action through typed handlers, or as a whole through a dispatcher. Each is claimed before and recorded after.</summary>
internal sealed class PlanDispatch(RuntimeSpec spec, IServiceProvider services, IActionDispatcher? dispatcher)
{
    private const int WholePlan = -1;

    public bool IsConfigured => dispatcher is not null;

    public ValueTask<ActionResult?> ApplyAsync(ToolCall call, StoredPlan plan, IReadOnlyDictionary<ReferenceHandle, JsonElement> values) =>
        dispatcher is ActionHandlers handlers
            ? ApplyEachAsync(handlers, call, plan, values)
            : ApplyWholeAsync(call, plan, values);

    private async ValueTask<ActionResult?> ApplyWholeAsync(
        ToolCall call, StoredPlan plan, IReadOnlyDictionary<ReferenceHandle, JsonElement> values)
    {
        var step = Step(call, plan, WholePlan, "", values);
        var whole = new ActionHandler { Handle = (_, context) => dispatcher!.DispatchAsync(plan.Actions, context) };
        return await step.RunAsync(whole, plan.Actions[0]).ConfigureAwait(false);
    }

    private async ValueTask<ActionResult?> ApplyEachAsync(
        ActionHandlers handlers, ToolCall call, StoredPlan plan, IReadOnlyDictionary<ReferenceHandle, JsonElement> values)
    {
        var total = 0L;
        var summaries = new List<string>();
        for (var index = 0; index < plan.Actions.Count; index++)
        {
            var action = plan.Actions[index];
            var handler = handlers.Find(plan.SpecName, action.Kind) ?? throw new SluiceException(
                ErrorCodes.NoDispatcher, $"Action {index} of plan '{plan.PlanId}' is '{action.Kind}', which has no handler.");
            try
            {
                var result = await Step(call, plan, index, action.Kind, values).RunAsync(handler, action).ConfigureAwait(false);
                total = checked(total + (result?.EntitiesAffected ?? 0));
                if (result?.Summary is { } summary) summaries.Add(summary);
            }
            catch (SluiceException) when (IsCompensated(plan) && call.Frame.Run.Stop == Runs.StopRequest.None)
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
            if (handlers.Find(plan.SpecName, action.Kind)?.Compensate is { } compensate)
                await Step(call, plan, index, action.Kind, values).CompensateAsync(compensate, action).ConfigureAwait(false);
        }
    }

    private ActionStep Step(
        ToolCall call, StoredPlan plan, int index, string kind, IReadOnlyDictionary<ReferenceHandle, JsonElement> values) =>
        new(call, plan, index, kind, new(spec.Tenant, services, plan, call.Frame.Run.RunId, index, values, call.Frame.Run.CancellationToken));

    private bool IsCompensated(StoredPlan plan) => spec.Plans.First(candidate => candidate.Name == plan.SpecName).CompensateOnFailure;
}
