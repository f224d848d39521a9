namespace Sluice.Studio.Changes;

/// <summary>What changed.</summary>
internal enum ChangeKind
{
    /// <summary>A run.</summary>
    Run,

    /// <summary>A request for a decision.</summary>
    Approval,

    /// <summary>A job.</summary>
    Job,
}
