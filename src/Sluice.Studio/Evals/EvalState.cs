namespace Sluice.Studio.Evals;

/// <summary>Where an eval stands.</summary>
internal enum EvalState
{
    /// <summary>Its job goes on.</summary>
    Running,

    /// <summary>It has an artifact.</summary>
    Completed,

    /// <summary>It ended without one.</summary>
    Failed,

    /// <summary>Somebody cancelled it.</summary>
    Cancelled,

    /// <summary>The server was stopped while it ran: it can be resumed, and samples that ended are kept.</summary>
    Interrupted,
}
