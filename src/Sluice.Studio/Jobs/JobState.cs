namespace Sluice.Studio.Jobs;

/// <summary>Where a job stands.</summary>
internal enum JobState
{
    /// <summary>It goes on.</summary>
    Running,

    /// <summary>It is done.</summary>
    Completed,

    /// <summary>It failed.</summary>
    Failed,

    /// <summary>Somebody cancelled it, or the server was stopped.</summary>
    Cancelled,
}
