namespace Sluice;

/// <summary>Which runs a runtime takes up by itself. Whatever it says, a run can be taken up with <c>ResumeAsync</c>.</summary>
public enum RunRecovery
{
    /// <summary>None: decisions are stored, and another runtime on the same storage goes on. For programs that only look and decide.</summary>
    None,

    /// <summary>Runs that waited for a person, when the decision is there, in whatever process it was taken.</summary>
    Decided,

    /// <summary>Also runs that were interrupted, at the start and whenever their process dies.</summary>
    Interrupted,
}
