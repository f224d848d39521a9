namespace Sluice.Cli.CommandLine;

/// <summary>The work stopped before its end, and nothing failed. Standard error gets the message, and the hint how it goes on.</summary>
internal sealed class WaitingException(string message, string hint) : Exception(message)
{
    public string Hint { get; } = hint;
}
