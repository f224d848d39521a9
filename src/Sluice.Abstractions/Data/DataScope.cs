namespace Sluice.Data;

/// <summary>Whose data: a tenant's, within one of its workspaces. Rows of one scope are never seen from another.</summary>
/// <param name="TenantId">The tenant's resource id. Non-blank, at most 512 characters without NUL.</param>
/// <param name="WorkspaceId">The workspace. As the tenant; <c>default</c> where nobody says.</param>
public readonly record struct DataScope(string TenantId, string WorkspaceId = "default");
