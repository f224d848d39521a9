namespace Sluice.Journal;

/// <summary>A person was asked; the request itself is a row of the approval store.</summary>
public sealed record ApprovalRequestedData : JournalData
{
    /// <summary>The request as it was made.</summary>
    public required ApprovalRequest Request { get; init; }

    /// <summary>For plans, the label of <c>pending_approval</c>.</summary>
    public string? PlanLabel { get; init; }
}
