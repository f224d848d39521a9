namespace Sluice;

/// <summary>What a completed write survives.</summary>
public enum SqliteSynchronous
{
    /// <summary>The end of the process at any moment. A power loss may undo the last writes; the store stays whole.</summary>
    Normal,

    /// <summary>A power loss too, as far as the disk keeps its promises: each group of writes waits for the disk.</summary>
    Full,
}
