using Sluice.Runtime.Tools;

namespace Sluice.Runtime.Plans;

/// <summary>Reads a stored plan in its author's shape.</summary>
internal sealed class GetPlanTool(PlanLifecycle plans) : IBuiltInTool
{
    public ToolSpec Spec { get; } = new()
    {
        Name = BuiltInTools.GetPlan,
        Description = "Reads a stored plan: its body, status and version.",
        InputSchema = ArgumentSchemas.Object(["planId"], ("planId", ArgumentSchemas.String("The plan's id."))),
        Effect = ToolEffect.ReadOnly,
    };

    public async ValueTask<ToolOutcome> InvokeAsync(ToolCall call)
    {
        var plan = await plans.GetAsync(call.Arguments.GetProperty("planId").GetString()!, call.Frame.Run.CancellationToken).ConfigureAwait(false);
        return ToolOutcome.Of(new
        {
            plan.PlanId,
            plan.SpecName,
            plan.Status,
            plan.Version,
            plan.ContentHash,
            body = PlanBody.Join(plan),
        });
    }
}
