using Sluice.JsonSchemas;

namespace Sluice.Runtime.Composition;

/// <summary>A plan's schema, ready to validate.</summary>
internal sealed record CompiledPlan(PlanSpec Spec, JsonSchema Schema)
{
    /// <summary>The status shown while a request waits. It is never stored.</summary>
    public const string PendingApproval = "pending_approval";

    /// <summary>The label for people.</summary>
    public string Label(string status) => Spec.DisplayAliases.GetValueOrDefault(status, status);

    /// <summary>The label for people.</summary>
    public string Label(PlanStatus status) => Label(Name(status));

    public static string Name(PlanStatus status) => status switch
    {
        PlanStatus.Draft => "draft",
        PlanStatus.Approved => "approved",
        PlanStatus.Executing => "executing",
        PlanStatus.Executed => "executed",
        _ => "failed",
    };
}
