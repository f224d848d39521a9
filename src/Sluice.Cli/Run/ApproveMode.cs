namespace Sluice.Cli.Run;

/// <summary>What becomes of approval requests while a run is followed.</summary>
internal enum ApproveMode
{
    /// <summary>Whoever sits at the terminal is asked; without one the run waits for an answer from elsewhere.</summary>
    Ask,

    /// <summary>They are approved.</summary>
    Always,

    /// <summary>They are rejected.</summary>
    Never,
}
