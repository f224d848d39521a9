namespace Sluice.Runtime.Memory;

/// <summary>One tenant's standing grants by tool. Its lock guards them.</summary>
internal sealed class TenantGrants
{
    private readonly Lock _lock = new();
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<ApprovalGrant>> _byTool = new(StringComparer.Ordinal);

    public void Add(ApprovalGrant grant)
    {
        lock (_lock)
        {
            if (!_ids.Add(grant.Id)) return;
            if (!_byTool.TryGetValue(grant.ToolName, out var grants)) _byTool[grant.ToolName] = grants = [];
            grants.Add(grant);
        }
    }

    /// <summary>Removes the grants that hold in one of these runs alone.</summary>
    public void RemoveRuns(IReadOnlyCollection<string> runIds)
    {
        lock (_lock)
        {
            foreach (var grants in _byTool.Values)
                grants.RemoveAll(grant => grant.Scope == ApprovalGrantScope.Run && runIds.Contains(grant.RunId) && _ids.Remove(grant.Id));
        }
    }

    public IReadOnlyList<ApprovalGrant> For(string toolName)
    {
        lock (_lock) return _byTool.TryGetValue(toolName, out var grants) ? [.. grants] : [];
    }
}
