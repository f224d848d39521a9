using Sluice.Runtime.Tools;

namespace Sluice.Runtime.Plans;

/// <summary>Executes a stored plan once it is approved.</summary>
internal sealed class ExecutePlanTool(PlanExecution execution) : IBuiltInTool
{
    public ToolSpec Spec { get; } = new()
    {
        Name = BuiltInTools.ExecutePlan,
        Description = "Executes a stored plan. A person may have to approve it first; the result says whether it was executed, rejected or sent back.",
        InputSchema = ArgumentSchemas.Object(["planId"], ("planId", ArgumentSchemas.String("The plan's id."))),
    };

    public ValueTask<ToolOutcome> InvokeAsync(ToolCall call) =>
        execution.ExecuteAsync(call, call.Arguments.GetProperty("planId").GetString()!);
}
