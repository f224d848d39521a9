using System.Text.Json;
using Sluice.Json;
using Sluice.Runtime.Runs;
using Sluice.Runtime.Tools;

namespace Sluice.Runtime.Plans;

/// <summary>What a person sees before approving a plan: its content, and what each action says it would change.</summary>
internal sealed class PlanPreviews(RuntimeSpec spec, IServiceProvider services, IActionDispatcher? dispatcher, PlanHydration hydration)
{
    private const int MaxBytes = 16 * 1024;

    public async ValueTask<JsonElement> DescribeAsync(ToolCall call, StoredPlan plan) => JsonSerializer.SerializeToElement(
        new
        {
            plan.PlanId,
            plan.SpecName,
            plan.Version,
            plan.ContentHash,
            actionCount = plan.Actions.Count,
            body = PlanBody.Join(plan),
            previews = await PreviewAsync(call, plan).ConfigureAwait(false),
        },
        SluiceJson.Options);

    private async ValueTask<IReadOnlyList<object>> PreviewAsync(ToolCall call, StoredPlan plan)
    {
        if (dispatcher is not ActionHandlers handlers || !plan.Actions.Any(action => handlers.Find(plan.SpecName, action.Kind)?.Preview is not null))
            return [];
        IReadOnlyDictionary<ReferenceHandle, JsonElement> values;
        try
        {
            values = await hydration.ResolveAsync(plan, call.Frame.Run.CancellationToken).ConfigureAwait(false);
        }
        catch (SluiceException exception) when (exception is not RunFaultException)
        {
            return [new { error = exception.Message }];
        }

        var previews = new List<object>();
        for (var index = 0; index < plan.Actions.Count; index++)
        {
            var action = plan.Actions[index];
            if (handlers.Find(plan.SpecName, action.Kind)?.Preview is not { } preview) continue;
            var context = new PlanDispatchContext(spec.Tenant, services, plan, call.Frame.Run.RunId, index, values, call.Frame.Run.CancellationToken);
            previews.Add(await PreviewAsync(preview, action, context, index).ConfigureAwait(false));
        }

        return previews;
    }

    private static async ValueTask<object> PreviewAsync(
        Func<PlanAction, DispatchContext, Task<object?>> preview, PlanAction action, DispatchContext context, int index)
    {
        try
        {
            var shown = JsonSerializer.SerializeToElement(await preview(action, context).ConfigureAwait(false), SluiceJson.Options);
            var size = CanonicalJson.ToUtf8(shown).Length;
            return size <= MaxBytes
                ? new { index, action.Kind, preview = shown }
                : new { index, action.Kind, error = $"The preview is {size} bytes of JSON; the most is {MaxBytes}." };
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !context.CancellationToken.IsCancellationRequested)
        {
            // A preview that fails must not hide the request: the person decides with that knowledge.
            return new { index, action.Kind, error = exception.Message };
        }
    }
}
