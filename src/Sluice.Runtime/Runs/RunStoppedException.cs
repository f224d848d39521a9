namespace Sluice.Runtime.Runs;

/// <summary>Unwinds a run that passed a limit.</summary>
internal sealed class RunStoppedException(string limit) : Exception($"The run passed its limit '{limit}'.")
{
    public string Limit { get; } = limit;
}
