namespace Sluice.Runtime.Runs;

/// <summary>Why a run was asked to stop.</summary>
internal enum StopRequest
{
    None,

    /// <summary>For good: a terminal event is recorded.</summary>
    Cancel,

    /// <summary>For now: the run leaves memory and stays resumable.</summary>
    Suspend,
}
