namespace Inventory;

/// <summary>Who answers when a plan waits for approval.</summary>
internal enum ApprovalChoice
{
    /// <summary>Whoever sits at the terminal.</summary>
    Ask,

    /// <summary>Every plan is approved.</summary>
    Always,

    /// <summary>Every plan is rejected.</summary>
    Never,
}
