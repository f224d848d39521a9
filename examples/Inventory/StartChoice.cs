namespace Inventory;

/// <summary>What a start does when an earlier one left a run behind.</summary>
internal enum StartChoice
{
    /// <summary>Asks whoever sits at the terminal; without a terminal it goes on.</summary>
    Ask,

    /// <summary>Goes on, and does nothing when there is nothing to go on with.</summary>
    Resume,

    /// <summary>Cancels it and begins a new one.</summary>
    New,
}
