namespace Sluice.Runtime.Runs;

/// <summary>What became of telling a run that a request of its was closed.</summary>
internal enum Woken
{
    /// <summary>It is driven here and looks.</summary>
    Told,

    /// <summary>It is left to another process, or cannot go on.</summary>
    Left,

    /// <summary>It has ended: nobody takes anything up any more.</summary>
    Ended,
}
