namespace Sluice;

/// <summary>What happens to a call over MCP that an approval policy stops.</summary>
public enum McpApprovals
{
    /// <summary>The client asks its user, where it can (elicitation); elsewhere as <see cref="Refuse"/>.</summary>
    Ask,

    /// <summary>Nobody is asked: the call is a tool error, <c>approval_required</c>.</summary>
    Refuse,

    /// <summary>Every call is approved. For servers that only trusted programs reach; the approvals are recorded.</summary>
    Approve,
}
