namespace Sluice;

/// <summary>What a run does when another one holds its thread.</summary>
public enum BusyThread
{
    /// <summary>It waits its turn.</summary>
    Wait,

    /// <summary>It is refused with code <c>thread_busy</c>.</summary>
    Refuse,
}
