namespace Sluice;

/// <summary>Finds every problem of a runtime spec in one pass.</summary>
internal static class SpecValidator
{
    public static IReadOnlyList<SpecError> Validate(RuntimeSpec spec)
    {
        var check = new SpecCheck(spec);
        check.RequireText(spec.Tenant.ResourceId, SpecErrorCodes.BlankTenant, "tenant.resourceId", "The tenant's id");
        check.RequireText(spec.Tenant.Version, SpecErrorCodes.BlankTenant, "tenant.version", "The tenant's version");
        AgentRules.Check(check);
        ReferenceRules.Check(check);
        PlanRules.Check(check);
        ToolkitRules.Check(check);
        McpServerRules.Check(check);
        ApprovalRules.Check(check);
        StorageRules.Check(check);
        ProviderRules.Check(check);
        ToolRules.CheckBindings(check);
        return check.Errors;
    }
}
